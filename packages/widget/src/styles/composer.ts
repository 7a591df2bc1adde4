import { css } from 'lit';

export const composerStyles = css`
  .new-below {
    align-self: center;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 44px;
    margin-block-start: -52px;
    margin-block-end: 8px;
    padding-inline: 13px 18px;
    border-color: var(--line);
    border-radius: 22px;
    background: var(--surface);
    color: var(--link);
    font-size: 0.875em;
    font-weight: 600;
    box-shadow: 0 6px 20px -4px rgb(15 20 35 / 30%);
    z-index: 1;
  }
  .new-below .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .composer {
    flex: none;
    padding: 4px 12px calc(12px + env(safe-area-inset-bottom, 0px));
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--field-line);
    border-radius: 26px;
    transition: border-color 120ms;
  }
  .field:focus-within {
    border-color: var(--link);
    box-shadow: 0 0 0 1px var(--link);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    field-sizing: content;
    max-block-size: 136px;
    margin: 0;
    padding-block: 10px;
    padding-inline: 14px 8px;
    border: 0;
    resize: none;
    background: none;
    color: inherit;
    font: inherit;
    /* at least 16px, or iOS zooms the page */
    line-height: 24px;
    scrollbar-width: thin;
  }
  @supports not (field-sizing: content) {
    textarea {
      block-size: 67px;
    }
  }
  textarea:focus-visible {
    outline: 0; /* the field around it shows the focus */
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    transition:
      background 120ms,
      transform 120ms;
  }
  .send:active {
    transform: scale(0.94);
  }
  .send:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
    transform: none;
  }
  .too-long:not(:empty) {
    padding: 6px 16px 0;
    font-size: 0.8125em;
    color: var(--danger);
  }
`;
