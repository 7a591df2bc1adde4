import { css } from 'lit';

export const explainStyles = css`
  dialog[open] {
    display: grid;
    gap: 0.75rem;
    inline-size: min(44rem, calc(100vw - 2rem));
    padding: 1rem;
  }
  .body {
    display: grid;
    gap: 0.6rem;
    max-block-size: 70vh;
    min-inline-size: 0;
    overflow: auto;
  }
  h3 {
    font-size: 0.9rem;
  }
  ul {
    padding-inline-start: 1.2rem;
    list-style: disc;
  }
  .muted {
    font-size: 0.82rem;
  }
`;
