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
    form > fieldset,
    .all > fieldset {
      grid-template-columns: 11rem minmax(0, 28rem);
    }
    .all {
      display: contents;
    }
    fieldset > span {
      align-self: start;
      padding-block-start: 0.2rem;
    }
    .choices {
      display: grid;
      grid-column: 2;
      gap: 0.35rem;
    }
    .choices > * {
      grid-column: 1;
    }
    .day {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
    }
    .day .line {
      flex: 1 0 100%;
    }
    .button {
      padding: 0.35rem 0.7rem;
      border-radius: var(--radius);
      background: var(--accent);
      color: var(--on-accent);
      font-weight: 550;
      text-decoration: none;
    }
    .button:hover {
      background: var(--accent-strong);
    }
    li form {
      inline-size: 100%;
      padding: 0;
      border: 0;
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
    .line input:is([type='time'], [type='date']),
    .line select {
      inline-size: auto;
      max-inline-size: 100%;
    }
    .line {
      align-items: baseline;
    }
    .line > .error {
      flex-basis: 100%;
      order: 1;
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
      form > fieldset,
      .all > fieldset {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
];
