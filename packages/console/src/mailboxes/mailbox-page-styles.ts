import { css } from 'lit';

export const mailboxPageStyles = css`
  .back {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    justify-self: start;
  }
  :host(:dir(rtl)) .back .icon {
    transform: scaleX(-1);
  }
  .servers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    overflow-wrap: anywhere;
  }
`;
