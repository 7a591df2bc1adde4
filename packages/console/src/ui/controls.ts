import { css } from 'lit';

/** What buttons, fields, icons and small words look like everywhere. The colours come from console.css. */
export const controls = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  .icon {
    inline-size: 1rem;
    block-size: 1rem;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    min-block-size: 2rem;
    padding: 0.25rem 0.7rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    font-weight: 550;
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--hover);
  }
  button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.55;
    cursor: default;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--accent-strong);
  }
  button.danger {
    border-color: transparent;
    background: var(--bad);
    color: var(--on-bad);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover:not(:disabled) {
    background: var(--hover);
  }
  button.link {
    min-block-size: 1.5rem;
    padding: 0 0.15rem;
    border: 0;
    background: none;
    color: var(--accent);
    font-weight: 500;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: 2.1rem;
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  input[aria-invalid='true'] {
    border-color: var(--bad);
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  kbd {
    display: inline-block;
    min-inline-size: 1.35rem;
    padding: 0 0.3rem;
    border: 1px solid var(--line-strong);
    border-block-end-width: 2px;
    border-radius: 4px;
    background: var(--surface);
    color: var(--muted);
    font: 600 0.72rem/1.35 var(--mono);
    text-align: center;
  }
  .muted {
    color: var(--muted);
  }
  .bad {
    color: var(--bad);
  }
  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .state {
    display: grid;
    gap: 0.5rem;
    justify-items: center;
    margin: auto;
    padding: 2rem 1.5rem;
    max-inline-size: 26rem;
    color: var(--muted);
    text-align: center;
  }
  .state > .icon {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    stroke-width: 1;
  }
  /* Only a wait that lasts is worth a word. */
  .loading {
    animation: appear 0s 400ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  dialog {
    margin: auto;
    padding: 0;
    inline-size: min(30rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 4rem);
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 2);
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: rgb(10 12 20 / 45%);
  }
  @media (forced-colors: active) {
    button,
    dialog {
      border: 1px solid ButtonText;
    }
  }
`;
