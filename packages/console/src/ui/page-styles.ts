import { css } from 'lit';

/** What the pages beside the views have in common: their measure, their head, and their lists of rows. */
export const pageStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    gap: 1.25rem;
    max-inline-size: 60rem;
    padding: 1rem 1.5rem 2rem;
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
  .rows {
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  .rows > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.25rem;
    padding: 0.75rem 1rem;
  }
  .rows > li + li {
    border-block-start: 1px solid var(--line);
  }
  .rows .what {
    flex: 1 1 12rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .name {
    font-weight: 600;
  }
  .muted,
  .bad {
    font-size: 0.82rem;
  }
  @media (max-width: 760px) {
    .page {
      padding: 0.75rem;
    }
  }
`;
