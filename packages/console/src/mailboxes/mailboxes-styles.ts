import { css } from 'lit';

export const mailboxesStyles = css`
  :host {
    display: block;
  }
  section {
    display: grid;
    gap: 1.25rem;
    max-inline-size: 56rem;
    padding: 1rem 1.5rem 2rem;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
  }
  h2 {
    font-size: 1.15rem;
    letter-spacing: -0.01em;
  }
  .mailboxes {
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.25rem;
    padding: 0.75rem 1rem;
  }
  li + li {
    border-block-start: 1px solid var(--line);
  }
  li > :first-child {
    flex: 1 1 16rem;
    min-inline-size: 0;
  }
  .address {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .sign-in {
    margin-block-start: 0.5rem;
  }
  .how {
    min-inline-size: 10rem;
  }
  .muted,
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
  dialog[open] {
    display: grid;
    gap: 0.75rem;
    padding: 1.25rem;
  }
  h3 {
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  .answers {
    display: flex;
    justify-content: end;
    gap: 0.5rem;
  }
`;
