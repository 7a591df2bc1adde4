import { css } from 'lit';

export const mailboxFormStyles = css`
  form {
    display: grid;
    gap: 1.25rem;
    padding: 1.25rem;
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  fieldset {
    display: grid;
    grid-template-columns: 11rem minmax(0, 22rem);
    align-items: center;
    gap: 0.5rem 1rem;
  }
  legend {
    padding: 0;
    margin-block-end: 0.5rem;
    font-weight: 650;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.5rem;
  }
  input[type='number'] {
    inline-size: 7rem;
  }
  .check,
  .hint,
  .error {
    grid-column: 2;
  }
  .hint,
  .error {
    font-size: 0.82rem;
  }
  .whole {
    grid-column: 1 / -1;
    max-inline-size: 40rem;
    font-size: 0.9rem;
  }
  .answers {
    display: flex;
    gap: 0.5rem;
  }
  @media (max-width: 760px) {
    form {
      padding: 1rem;
    }
    fieldset {
      grid-template-columns: minmax(0, 1fr);
      row-gap: 0.25rem;
    }
    fieldset label {
      margin-block-start: 0.4rem;
    }
    .check,
    .hint,
    .error {
      grid-column: 1;
    }
  }
`;
