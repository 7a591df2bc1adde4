import { css } from 'lit';

/** A short form in a dialog. */
export const formStyles = css`
  dialog[open] {
    display: grid;
    gap: 0.75rem;
    padding: 1rem;
  }
  form,
  fieldset {
    display: grid;
    gap: 0.6rem;
    min-inline-size: 0;
  }
  label:not(.choice) {
    display: grid;
    gap: 0.25rem;
    font-weight: 550;
  }
  label :is(input, select, textarea) {
    font-weight: 400;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 1.75rem;
  }
  .muted,
  .bad {
    font-size: 0.82rem;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
`;
