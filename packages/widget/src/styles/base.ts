import { css } from 'lit';

/**
 * Nothing of the page comes in but its direction, its colour scheme and the --helpline- properties. No rem: pages
 * change it. Text is in em of the visitor's own `medium`.
 */
export const base = css`
  :host {
    all: initial;
    color-scheme: inherit;
    --accent: var(--helpline-accent, #2f5bd3);
    --on-accent: var(--helpline-on-accent, #fff);
    --surface: var(--helpline-surface, light-dark(#fff, #191b22));
    --text: var(--helpline-text, light-dark(#1c202b, #eceef4));
    --muted: var(--helpline-muted, light-dark(#5c6475, #a7aebd));
    --raised: light-dark(
      color-mix(in oklab, var(--surface), var(--text) 5.5%),
      color-mix(in oklab, var(--surface), var(--text) 10%)
    );
    --line: light-dark(
      color-mix(in oklab, var(--surface), var(--text) 11%),
      color-mix(in oklab, var(--surface), var(--text) 16%)
    );
    --field-line: light-dark(#7f8798, #7d8495);
    --link: light-dark(var(--accent), color-mix(in oklab, var(--accent), white 55%));
    --danger: light-dark(#b3261e, #ffb4ab);
    --inline: var(--helpline-inset-inline, 20px);
    --block: var(--helpline-inset-block, 20px);
    --launcher: 60px;
    position: fixed;
    z-index: var(--helpline-z, 2147483000);
    inset-block-end: calc(var(--block) + env(safe-area-inset-bottom, 0px));
    inset-inline-end: var(--inline);
    font: 400 medium / 1.45 var(--helpline-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    color: var(--text);
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    border: 1px solid transparent;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  p,
  h2,
  h3,
  ol {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
  .icon {
    inline-size: 24px;
    block-size: 24px;
    flex: none;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
