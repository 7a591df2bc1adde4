import { css } from 'lit';

export const mailLedgerStyles = css`
  h3 {
    font-size: 0.95rem;
    font-weight: 650;
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
    gap: 0.45rem;
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
  .filter input {
    margin: 0;
  }
  .count {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .failed .count {
    color: var(--bad);
  }
  .lines > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 7rem 16rem;
  }
  .reason,
  .line-state {
    font-size: 0.82rem;
  }
  .line-state {
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
    .lines > li {
      grid-template-columns: minmax(0, 1fr);
      gap: 0.35rem;
    }
    .answers {
      justify-content: start;
    }
  }
`;
