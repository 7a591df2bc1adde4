import { css } from 'lit';

export const assignDialogStyles = css`
  dialog[open] {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    padding: 1rem;
  }
  .places {
    overflow: auto;
  }
  ul {
    display: grid;
  }
  h3 {
    padding: 0.5rem 0.7rem 0.15rem;
    color: var(--muted);
    font-size: 0.78rem;
    font-weight: 600;
  }
  textarea {
    flex: none;
    resize: vertical;
  }
  li button {
    inline-size: 100%;
    justify-content: start;
    gap: 0.6rem;
    min-block-size: 2.25rem;
    font-weight: 500;
  }
  li button:focus-visible {
    outline-offset: -2px;
  }
  .who {
    flex: 1;
    text-align: start;
  }
  .who + .muted {
    font-size: 0.8rem;
    font-weight: 400;
  }
  .dot {
    inline-size: 0.55rem;
    block-size: 0.55rem;
    flex: none;
    border-radius: 50%;
    background: var(--warn);
  }
  .dot[data-availability='available'] {
    background: var(--good);
  }
  .dot[data-availability='offline'] {
    background: none;
    box-shadow: inset 0 0 0 2px var(--muted);
  }
  .queue {
    margin-block-start: 0.35rem;
    padding-block-start: 0.35rem;
    border-block-start: 1px solid var(--line);
  }
  .none {
    padding: 0.5rem;
  }
`;
