import { css } from 'lit';

export const waitingStyles = css`
  .waiting {
    flex: none;
    padding: 8px 20px;
    border-block-start: 1px solid var(--line);
    background: var(--raised);
    font-size: 0.875em;
  }
  /* nothing was said yet */
  .panel:has(.leave) .log {
    display: none;
  }
  .leave {
    flex: 1;
    display: grid;
    align-content: start;
    gap: 4px;
    padding: 12px 20px calc(16px + env(safe-area-inset-bottom, 0px));
    overflow-y: auto;
  }
  .leave h3 {
    font-weight: 650;
  }
  .leave label {
    margin-block-start: 6px;
    font-size: 0.875em;
  }
  .leave input,
  .leave textarea {
    min-block-size: 44px;
    padding: 9px 12px;
    border: 1px solid var(--field-line);
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
  }
  .leave textarea {
    line-height: 1.45;
    resize: none;
  }
  .leave :is(input, textarea):focus-visible {
    outline: 2px solid var(--link);
    outline-offset: -1px;
  }
  .leave-trouble:not(:empty) {
    font-size: 0.875em;
    color: var(--danger);
  }
  .leave-send {
    min-block-size: 44px;
    margin-block-start: 8px;
    border-radius: 22px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .leave-send:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
  }
`;
