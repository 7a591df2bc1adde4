import { css } from 'lit';

export const mailboxesStyles = css`
  .sign-in {
    margin-block-start: 0.5rem;
  }
  .history {
    max-inline-size: 22rem;
    font-size: 0.82rem;
  }
  .how {
    min-inline-size: 10rem;
  }
  dialog[open] {
    display: grid;
    gap: 0.75rem;
    padding: 1.25rem;
  }
  h3 {
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  .answers {
    display: flex;
    align-items: center;
    gap: 0.5rem 1.25rem;
  }
  dialog .answers {
    justify-content: end;
  }
`;
