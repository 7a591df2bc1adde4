import { css } from 'lit';

export const logStyles = css`
  :host {
    position: relative;
    display: grid;
    min-block-size: 0;
  }
  .scroller {
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0.5rem 1rem 0.75rem;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  ol {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    max-inline-size: 56rem;
    margin-inline: auto;
  }
  .day {
    align-self: center;
    margin-block: 0.6rem 0.1rem;
    color: var(--muted);
    font-size: 0.78rem;
    font-weight: 600;
  }
  .typing {
    max-inline-size: 56rem;
    margin: 0.5rem auto 0;
    padding-inline-start: 2.6rem;
    color: var(--muted);
    font-style: italic;
  }
  .below {
    position: absolute;
    inset-block-end: 0.8rem;
    justify-self: center;
    border-radius: 99px;
    box-shadow: var(--shadow);
  }
`;
