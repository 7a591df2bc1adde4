import { css } from 'lit';

export const suspendedStyles = css`
  .why {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 0.82rem;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding-inline: 1rem;
  }
  .choice label {
    display: flex;
    align-items: center;
    gap: 0.6rem;
  }
  .answers {
    display: flex;
    gap: 0.5rem;
  }
`;
