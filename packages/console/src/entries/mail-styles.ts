import { css } from 'lit';

/** What is shown of a mail beside its text. */
export const mailStyles = css`
  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem;
  }
  .marks li {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
    padding: 0.05rem 0.5rem;
    border: 1px solid var(--line-strong);
    border-radius: 99px;
    background: var(--surface);
    color: var(--muted);
    font-size: 0.75rem;
  }
  .marks .icon {
    inline-size: 0.8rem;
    block-size: 0.8rem;
  }
  .marks .bad {
    border-color: var(--bad);
    background: var(--bad-surface);
    color: var(--bad);
    font-weight: 600;
  }
  .marks .doubt {
    color: var(--warn);
  }
  .invite {
    display: grid;
    gap: 0.15rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--line-strong);
    border-inline-start: 3px solid var(--accent);
    border-radius: var(--radius);
    background: var(--surface);
    overflow-wrap: anywhere;
  }
  .invite .kind {
    display: flex;
    align-items: center;
    gap: 0.35rem;
    color: var(--muted);
    font-size: 0.78rem;
  }
  .invite strong {
    font-weight: 650;
  }
  .invite .off strong {
    text-decoration: line-through;
  }
  .rest > summary {
    padding-inline: 0.5rem;
    border: 1px solid var(--line-strong);
    border-radius: 99px;
    line-height: 1rem;
    list-style: none;
  }
  .rest > summary::-webkit-details-marker {
    display: none;
  }
  .rest .text {
    margin-block-start: 0.4rem;
    padding-inline-start: 0.75rem;
    border-inline-start: 2px solid var(--line-strong);
    color: var(--muted);
  }
  console-mail {
    min-inline-size: 0;
  }
  .theirs:has(console-mail[shown]) {
    grid-template-columns: 2rem minmax(0, 1fr);
    inline-size: 100%;
  }
  article:has(console-mail[shown]) .files .inline {
    display: none;
  }
  @media (max-width: 760px) {
    .theirs:has(console-mail[shown]) {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
