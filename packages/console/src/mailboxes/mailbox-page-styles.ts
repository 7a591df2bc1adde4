import { css } from 'lit';

/** What the page of a mailbox and its parts look like. */
export const mailboxPageStyles = css`
  :host {
    display: block;
  }
  section:has(> .back) {
    display: grid;
    gap: 1.25rem;
    max-inline-size: 60rem;
    padding: 1rem 1.5rem 2rem;
  }
  .back {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    justify-self: start;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }
  h2 {
    font-size: 1.15rem;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h3,
  summary {
    font-size: 0.95rem;
    font-weight: 650;
  }
  summary {
    cursor: pointer;
  }
  .card {
    display: grid;
    gap: 0.6rem;
    padding: 0.9rem 1rem;
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  details.card:not([open]) {
    gap: 0;
  }
  .card li,
  .check {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25rem 0.75rem;
  }
  .card form {
    display: grid;
    gap: 0.6rem;
    justify-items: start;
    margin-block-start: 0.6rem;
  }
  .card form li {
    padding-block: 0.2rem;
  }
  .folder {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .sum {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-weight: 550;
  }
  .sum .icon {
    color: var(--good);
  }
  .sum[data-whole='false'] .icon {
    color: var(--warn);
  }
  .servers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    overflow-wrap: anywhere;
  }
  .history {
    display: grid;
    gap: 0.3rem;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--accent);
  }
  .muted,
  .reason,
  .bad {
    font-size: 0.82rem;
  }
  .mailbox-state {
    display: flex;
    align-items: center;
    gap: 0.45rem;
    font-weight: 550;
  }
  .mailbox-state::before {
    content: '';
    inline-size: 0.55rem;
    block-size: 0.55rem;
    border-radius: 50%;
    background: var(--warn);
  }
  .mailbox-state[data-state='connected']::before {
    background: var(--good);
  }
  .mailbox-state:is([data-state='failing'], [data-state='signed_out'])::before {
    background: var(--bad);
    border-radius: 2px;
  }
  .ledger {
    display: grid;
    gap: 0.75rem;
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .filter label {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    min-block-size: 2rem;
    padding: 0.2rem 0.65rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    cursor: pointer;
  }
  .filter label:has(:checked) {
    border-color: var(--accent);
    background: var(--selected);
  }
  .count {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .failed .count {
    color: var(--bad);
  }
  .lines {
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  .lines li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 7rem 16rem;
    align-items: center;
    gap: 0.35rem 1rem;
    padding: 0.6rem 1rem;
  }
  .lines li + li {
    border-block-start: 1px solid var(--line);
  }
  .mail {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .subject {
    font-weight: 550;
  }
  .line-state {
    font-size: 0.82rem;
    font-weight: 550;
  }
  li[data-state='failed'] :is(.line-state, .reason) {
    color: var(--bad);
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.25rem 0.75rem;
  }
  .more {
    justify-self: center;
  }
  @media (max-width: 900px) {
    section:has(> .back) {
      padding: 0.75rem;
    }
    .lines li {
      grid-template-columns: minmax(0, 1fr);
    }
    .answers {
      justify-content: start;
    }
  }
`;
