import { css } from 'lit';

export const entryStyles = css`
  .message {
    display: grid;
    grid-template-columns: 2rem minmax(0, max-content);
    gap: 0.6rem;
    max-inline-size: min(46rem, 92%);
  }
  .ours {
    grid-template-columns: minmax(0, max-content) 2rem;
    align-self: end;
  }
  .ours .avatar {
    order: 1;
  }
  .continues {
    margin-block-start: -0.4rem;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: 50%;
    background: var(--raised);
    color: var(--muted);
    font-size: 0.72rem;
    font-weight: 650;
  }
  .ours .avatar {
    background: var(--own);
    color: var(--accent);
  }
  .continues .avatar,
  .outgoing .avatar {
    visibility: hidden;
    block-size: 0;
  }
  article {
    display: grid;
    gap: 0.3rem;
    min-inline-size: 6rem;
    padding: 0.5rem 0.75rem 0.55rem;
    border-radius: 10px;
    background: var(--raised);
  }
  .ours article {
    background: var(--own);
  }
  .note article {
    border: 1px solid var(--note-line);
    background: var(--note);
    color: var(--note-text);
  }
  .note .avatar {
    background: var(--note);
    color: var(--note-text);
  }
  article > header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 0.6rem;
    font-size: 0.8rem;
  }
  .continues article > header {
    display: none;
  }
  .name {
    font-weight: 650;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    color: var(--muted);
    align-self: center;
  }
  .mark .icon,
  footer .icon {
    inline-size: 0.85rem;
    block-size: 0.85rem;
  }
  .note .mark {
    color: inherit;
    font-weight: 650;
  }
  header > time,
  .event time {
    margin-inline-start: auto;
    color: var(--muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .note time {
    color: inherit;
  }
  .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    line-height: 1.5;
  }
  .subject {
    font-weight: 600;
  }
  .people {
    color: var(--muted);
    font-size: 0.78rem;
    overflow-wrap: anywhere;
  }
  summary {
    inline-size: fit-content;
    color: var(--accent);
    font-size: 0.82rem;
    font-weight: 500;
    cursor: pointer;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .files button {
    max-inline-size: 100%;
    font-weight: 500;
    font-size: 0.82rem;
  }
  .files bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  article > footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.8rem;
    color: var(--muted);
    font-size: 0.78rem;
  }
  footer > span {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  article .bad {
    color: var(--bad);
  }
  .outgoing[data-state='pending'] article {
    border: 1px dashed var(--line-strong);
    background: none;
  }
  .note[data-state='pending'] article {
    border-color: var(--note-line);
    background: var(--note);
  }
  .note footer {
    color: inherit;
  }
  .outgoing[data-state='failed'] article {
    outline: 1px solid var(--bad);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .stale {
    display: grid;
    gap: 0.5rem;
    padding: 0.6rem 0.7rem;
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
  }
  .stale p:first-child {
    display: flex;
    gap: 0.4rem;
  }
  .stale ul {
    display: grid;
    gap: 0.3rem;
    padding-inline-start: 0.7rem;
    border-inline-start: 3px solid var(--accent);
  }
  .stale li {
    overflow-wrap: anywhere;
  }
  .stale li span {
    white-space: pre-wrap;
  }
  .event {
    align-self: center;
    max-inline-size: 100%;
    color: var(--muted);
    font-size: 0.8rem;
  }
  .event > p {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
  }
  .event .icon {
    inline-size: 0.85rem;
    block-size: 0.85rem;
  }
  .event time {
    margin: 0;
  }
  .word {
    max-inline-size: 32rem;
    margin: 0.25rem auto 0;
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--note-line);
    border-radius: var(--radius);
    background: var(--note);
    color: var(--note-text);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .why {
    display: grid;
    justify-items: center;
  }
  .why summary {
    margin-inline: auto;
  }
  .why .reason {
    margin-block-start: 0.3rem;
  }
  @media (max-width: 760px) {
    .message {
      grid-template-columns: minmax(0, max-content);
    }
    .avatar {
      display: none;
    }
  }
`;
