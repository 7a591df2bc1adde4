import { css } from 'lit';

/** The head of a dialog, with what closes it. */
export const dialogStyles = css`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2 {
    font-size: 1rem;
  }
`;
