import { css } from 'lit';

export const launcherStyles = css`
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: var(--launcher);
    block-size: var(--launcher);
    padding: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow:
      0 1px 2px rgb(15 20 35 / 20%),
      0 8px 24px -4px rgb(15 20 35 / 34%);
    transition:
      transform 160ms ease,
      box-shadow 160ms ease;
  }
  .launcher .icon {
    inline-size: 30px;
    block-size: 30px;
  }
  .launcher:hover {
    transform: translateY(-2px);
    box-shadow:
      0 1px 2px rgb(15 20 35 / 20%),
      0 12px 30px -4px rgb(15 20 35 / 40%);
  }
  .launcher:active {
    transform: scale(0.95);
  }
  .launcher:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 3px;
  }
  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-inline-size: 23px;
    padding: 0 6px;
    border-radius: 16px;
    border: 2px solid var(--surface);
    background: #c62828;
    color: #fff;
    font-size: 0.75em;
    font-weight: 700;
    line-height: 20px;
    text-align: center;
  }
`;
