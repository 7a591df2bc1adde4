import { css } from 'lit';

export const mailDialogStyles = css`
  dialog {
    inline-size: min(44rem, calc(100vw - 2rem));
  }
  form {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.6rem;
    padding: 1rem;
  }
  form > * {
    grid-column: 1 / -1;
  }
  .line,
  .people-fields {
    display: grid;
    grid-template-columns: subgrid;
    align-items: center;
  }
  textarea {
    field-sizing: content;
    min-block-size: 9rem;
    max-block-size: 45dvh;
  }
  .draft-files {
    padding: 0;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .answers .attach {
    margin: 0;
  }
  .answers > button:first-of-type {
    margin-inline-start: auto;
  }
  .answers label {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    white-space: nowrap;
  }
  .answers :is(label, input) {
    min-inline-size: 0;
  }
`;
