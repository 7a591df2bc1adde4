import { css } from 'lit';
import { mailboxFormStyles } from '../mailboxes/form/mailbox-form-styles.js';

/** What the forms have in common on which a workspace is set up. */
export const setupStyles = [
  mailboxFormStyles,
  css`
    .back {
      display: inline-flex;
      align-items: center;
      gap: 0.35rem;
      justify-self: start;
    }
    :host(:dir(rtl)) .back .icon {
      transform: scaleX(-1);
    }
    fieldset[disabled] {
      opacity: 0.75;
    }
    .all {
      display: contents;
    }
    .choices {
      display: grid;
      grid-column: 2;
      gap: 0.35rem;
    }
    .line,
    .add {
      display: flex;
      flex-wrap: wrap;
      grid-column: 1 / -1;
      align-items: center;
      gap: 0.5rem;
    }
    .line input[type='number'] {
      inline-size: 6rem;
    }
    .line input:is([type='time'], [type='date']) {
      inline-size: auto;
    }
    .grow {
      flex: 1 1 10rem;
      min-inline-size: 0;
    }
    .whole.hint {
      grid-column: 1 / -1;
    }
    h3 {
      font-size: 1rem;
    }
    .answers {
      flex-wrap: wrap;
    }
    .tag {
      padding: 0.05rem 0.45rem;
      border: 1px solid var(--line-strong);
      border-radius: 1rem;
      color: var(--muted);
      font-size: 0.78rem;
      white-space: nowrap;
    }
    .gone .name {
      color: var(--muted);
      font-weight: 500;
    }
    select[aria-invalid='true'] {
      border-color: var(--bad);
    }
    @media (max-width: 760px) {
      .choices {
        grid-column: 1;
      }
    }
  `,
];
