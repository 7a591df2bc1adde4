import { css } from 'lit';

export const messageStyles = css`
  .log {
    flex: 1;
    display: flex;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  .content {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    block-size: max-content;
    min-block-size: 100%;
    padding: 16px 16px 12px;
  }
  .items {
    display: flex;
    flex-direction: column;
    gap: 3px;
  }
  .day,
  .status {
    margin-block: 14px 10px;
    font-size: 0.8125em;
    text-align: center;
    text-wrap: balance;
    color: var(--muted);
  }
  .day:first-child {
    margin-block-start: 0;
  }
  .day time {
    display: inline-block;
  }
  .day time::first-letter {
    text-transform: uppercase;
  }
  .status {
    padding: 10px 16px;
    border-radius: 12px;
    border: 1px dashed var(--line);
  }
  .message {
    position: relative;
    display: flex;
    flex-direction: column;
    max-inline-size: 86%;
    animation: arrive 180ms ease-out;
  }
  .message[data-first]:not(:first-child) {
    margin-block-start: 9px;
  }
  .agent {
    align-self: flex-start;
    align-items: flex-start;
    padding-inline-start: 38px;
  }
  .visitor {
    align-self: flex-end;
    align-items: flex-end;
  }
  .avatar:not(:empty) {
    position: absolute;
    inset-inline-start: 0;
    inset-block-end: 22px;
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    border-radius: 50%;
    background: color-mix(in oklab, var(--accent) 14%, var(--surface));
    color: light-dark(
      color-mix(in oklab, var(--accent), black 25%),
      color-mix(in oklab, var(--accent), white 70%)
    );
    font-size: 0.6875em;
    font-weight: 700;
  }
  .author {
    margin: 0 4px 3px;
    font-size: 0.8125em;
    font-weight: 600;
    color: var(--muted);
  }
  .bubble {
    max-inline-size: 100%;
    padding: 8px 14px;
    border: 1px solid transparent;
    border-radius: 18px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .agent .bubble {
    background: var(--raised);
  }
  .visitor .bubble {
    background: var(--accent);
    color: var(--on-accent);
  }
  .agent:not([data-first]) .bubble {
    border-start-start-radius: 6px;
  }
  .agent:not([data-last]) .bubble {
    border-end-start-radius: 6px;
  }
  .visitor:not([data-first]) .bubble {
    border-start-end-radius: 6px;
  }
  .visitor:not([data-last]) .bubble {
    border-end-end-radius: 6px;
  }
  .message[data-state='pending'] .bubble {
    background: color-mix(in oklab, var(--accent), var(--surface) 12%);
  }
  .message .bubble.removed {
    border-color: var(--line);
    background: none;
    color: var(--muted);
    font-style: italic;
  }
  .message[data-state='failed'] .bubble {
    border-color: var(--danger);
    background: none;
    color: var(--text);
  }
  .file {
    display: flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 44px;
    padding: 2px 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.875em;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .meta {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 22px;
    padding-inline: 5px;
    font-size: 0.75em;
    color: var(--muted);
  }
  .meta .icon,
  .file .icon {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
  }
  .by-email,
  .sent,
  .not-sent {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .not-sent {
    color: var(--danger);
    font-weight: 600;
  }
  .retry {
    min-block-size: 44px;
    padding: 0 8px;
    border-radius: 8px;
    background: none;
    color: var(--link);
    font-size: 1.1em;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-start: 8px;
    font-size: 0.8125em;
    color: var(--muted);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
    padding: 10px 11px;
    border-radius: 16px;
    background: var(--raised);
  }
  .dots i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--muted);
    animation: beat 1.2s infinite ease-in-out;
  }
  .dots i:nth-child(2) {
    animation-delay: 150ms;
  }
  .dots i:nth-child(3) {
    animation-delay: 300ms;
  }
  .skeleton {
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  .skeleton i {
    block-size: 40px;
    inline-size: 62%;
    border-radius: 18px;
    background: var(--raised);
    animation: breathe 1.6s infinite ease-in-out;
  }
  .skeleton i:nth-of-type(2) {
    inline-size: 44%;
  }
  .skeleton i:nth-of-type(3) {
    inline-size: 52%;
    align-self: flex-end;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @keyframes beat {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }
`;
