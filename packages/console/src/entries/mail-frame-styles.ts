import { css } from 'lit';

export const mailFrameStyles = css`
  :host {
    display: grid;
    gap: 0.4rem;
  }
  iframe {
    display: block;
    inline-size: 100%;
    block-size: 3rem;
    border: 0;
    border-radius: var(--radius);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 0.9rem;
    font-size: 0.82rem;
  }
  .ways .icon,
  .blocked .icon {
    inline-size: 0.9rem;
    block-size: 0.9rem;
  }
  .blocked {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.6rem;
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--muted);
    font-size: 0.82rem;
  }
  .blocked span {
    flex: 1 1 12rem;
  }
`;
