import { css } from 'lit';

/** How a mailbox is, and how far its older mail is. */
export const mailboxStateStyles = css`
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
  .history {
    display: grid;
    gap: 0.3rem;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--accent);
  }
`;
