import { css } from 'lit';

export const mailDialogStyles = css`
  dialog {
    inline-size: min(44rem, calc(100vw - 2rem));
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    padding: 1rem;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2 {
    font-size: 1rem;
  }
  .line {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0.6rem;
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
    justify-content: end;
    gap: 0.6rem;
  }
  .answers label {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    margin-inline-end: auto;
  }
`;
