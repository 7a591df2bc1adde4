import { css } from 'lit';

/** The parts of a mailbox's page that stand in a frame of their own, some of them only once they are opened. */
export const cardStyles = css`
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
  h3,
  summary {
    font-size: 0.95rem;
    font-weight: 650;
  }
  summary {
    cursor: pointer;
  }
  .card form {
    display: grid;
    gap: 0.6rem;
    justify-items: start;
    margin-block-start: 0.6rem;
  }
  .card ul {
    display: grid;
    gap: 0.5rem;
  }
  .card li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25rem 0.75rem;
  }
  .check {
    display: flex;
    align-items: baseline;
    gap: 0.6rem;
  }
  .folder {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
`;
