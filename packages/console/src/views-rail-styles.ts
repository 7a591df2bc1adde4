import { css } from 'lit';

export const railStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 1rem;
    padding: 0.9rem 0.6rem;
    overflow: auto;
  }
  .me {
    display: grid;
    gap: 0.45rem;
    padding-inline: 0.3rem;
  }
  .name {
    font-weight: 650;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .load {
    display: flex;
    gap: 0.9rem;
    font-size: 0.8rem;
  }
  .load > span {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  .load .icon {
    inline-size: 0.9rem;
  }
  nav {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: space-between;
    gap: 1rem;
  }
  ul {
    display: grid;
    gap: 1px;
  }
  a,
  nav button {
    display: flex;
    align-items: center;
    justify-content: start;
    gap: 0.6rem;
    inline-size: 100%;
    min-block-size: 2rem;
    padding: 0.25rem 0.5rem;
    border-radius: var(--radius);
    color: inherit;
    font-weight: 500;
    text-decoration: none;
  }
  a:hover {
    background: var(--hover);
  }
  a[aria-current='page'] {
    background: var(--selected);
    color: var(--accent);
    font-weight: 650;
  }
  .count {
    margin-inline-start: auto;
    color: var(--muted);
    font-size: 0.8rem;
    font-variant-numeric: tabular-nums;
  }
  .due {
    color: var(--bad);
    font-weight: 600;
  }
  a[aria-current='page'] .count {
    color: inherit;
  }
  @media (max-width: 760px) {
    :host {
      gap: 0.6rem;
      padding: 0.6rem;
      overflow: visible;
    }
    .me {
      grid-template-columns: 1fr auto;
      align-items: center;
    }
    .load {
      grid-column: 1 / -1;
      display: none;
    }
    nav {
      gap: 0.3rem;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
    }
    a,
    nav button {
      inline-size: auto;
    }
    a,
    nav button {
      gap: 0.35rem;
      padding-inline: 0.45rem;
    }
    nav .icon {
      display: none;
    }
  }
`;
