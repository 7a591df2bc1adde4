import { css, unsafeCSS } from 'lit';
import { narrowScreen } from './narrow.js';

export const panelStyles = css`
  .panel {
    position: fixed;
    inset: auto;
    inset-block-end: calc(var(--block) + var(--launcher) + 14px);
    inset-inline-end: var(--inline);
    inline-size: var(--helpline-width, 392px);
    block-size: var(--helpline-height, 640px);
    max-inline-size: calc(100vw - 2 * var(--inline));
    max-block-size: calc(100dvh - 2 * var(--block) - var(--launcher) - 14px);
    margin: 0;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--helpline-radius, 20px);
    overflow: hidden;
    background: var(--surface);
    color: var(--text);
    box-shadow:
      0 2px 8px rgb(15 20 35 / 10%),
      0 24px 64px -12px rgb(15 20 35 / 35%);
  }
  .panel[open] {
    display: flex;
    flex-direction: column;
    animation: rise 220ms cubic-bezier(0.2, 0.8, 0.2, 1);
  }
  .panel::backdrop {
    background: none;
  }
  .header {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-block: 14px;
    padding-inline: 20px 12px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .title {
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
  }
  .subtitle {
    font-size: 0.8125em;
  }
  .close {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border-radius: 50%;
    background: none;
  }
  .close:hover {
    background: color-mix(in oklab, currentColor 15%, transparent);
  }
  .close:focus-visible {
    outline-color: currentColor;
    outline-offset: -4px;
  }
  .banner:has(*) {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: 44px;
    padding: 6px 20px;
    background: light-dark(#fff3d6, #3a3018);
    color: light-dark(#5a4300, #ffe3a3);
    font-size: 0.875em;
  }
  .banner[data-patient] {
    animation: appear 1ms 700ms both;
  }
  .banner button {
    flex: none;
    min-block-size: 36px;
    padding: 0 14px;
    border-color: currentColor;
    border-radius: 19px;
    background: none;
    font-weight: 600;
  }
  .denial,
  .empty {
    margin: auto;
    padding: 32px 28px;
    max-inline-size: 352px;
    text-align: center;
    text-wrap: balance;
    color: var(--muted);
  }
  .denial .icon {
    inline-size: 40px;
    block-size: 40px;
    margin-block-end: 12px;
    color: var(--danger);
  }
  .greeting {
    display: inline-grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    margin-block-end: 16px;
    border-radius: 50%;
    background: color-mix(in oklab, var(--accent) 14%, var(--surface));
    color: var(--link);
  }
  .greeting .icon {
    inline-size: 32px;
    block-size: 32px;
  }
  .empty h3 {
    margin-block-end: 6px;
    font-size: 1.1875em;
    font-weight: 650;
    color: var(--text);
  }
  @media ${unsafeCSS(narrowScreen)} {
    .panel {
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      max-inline-size: none;
      max-block-size: 100dvh;
      border: 0;
      border-radius: 0;
    }
    .header {
      padding-block-start: calc(14px + env(safe-area-inset-top, 0px));
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.985);
    }
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
`;
