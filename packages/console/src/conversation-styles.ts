import { css } from 'lit';

export const conversationStyles = css`
  :host {
    position: relative;
    display: flex;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--surface);
  }
  .main {
    display: grid;
    flex: 1;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    min-block-size: 3.6rem;
    padding: 0.5rem 1rem;
    border-block-end: 1px solid var(--line);
  }
  .back {
    display: none;
    padding: 0.4rem;
    color: inherit;
  }
  :host(:dir(rtl)) .back .icon {
    transform: scaleX(-1);
  }
  .about {
    flex: 1 1 10rem;
    min-inline-size: 0;
  }
  h2 {
    overflow: hidden;
    text-align: left;
    font-size: 1rem;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :host(:dir(rtl)) .about h2 {
    text-align: right;
  }
  .about p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 0.75rem;
    color: var(--muted);
    font-size: 0.8rem;
  }
  .with-icon {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  .with-icon .icon {
    inline-size: 0.85rem;
  }
  .pill {
    padding: 0 0.5rem;
    border: 1px solid currentColor;
    border-radius: 99px;
    font-weight: 600;
    font-size: 0.74rem;
  }
  .pill[data-status='open'] {
    color: var(--good);
  }
  .pill:is([data-status='pending'], [data-status='snoozed']) {
    color: var(--warn);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
  }
  .badge .icon {
    inline-size: 0.8rem;
    block-size: 0.8rem;
  }
  .badge[data-priority='urgent'] {
    color: var(--bad);
    font-weight: 600;
  }
  .promises {
    display: grid;
    border-block-end: 1px solid var(--line);
    background: var(--raised);
  }
  .promises li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.6rem;
    padding: 0.35rem 1rem;
  }
  .promises .what {
    display: grid;
    flex: 1 1 10rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .promises .what > :not(.text) {
    font-size: 0.8rem;
  }
  .actions {
    display: flex;
    gap: 0.4rem;
  }
  aside {
    position: relative;
    inline-size: 17rem;
    flex: none;
    padding: 1.1rem 1rem;
    overflow: auto;
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  .close {
    position: absolute;
    inset-block-start: 0.6rem;
    inset-inline-end: 0.6rem;
    padding: 0.25rem 0.5rem;
  }
  .contact {
    display: grid;
    gap: 0.5rem;
    justify-items: start;
  }
  .contact .avatar {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    background: var(--own);
    color: var(--accent);
    font-weight: 650;
  }
  .contact h3 {
    font-size: 1rem;
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  :is(dl, .others) + h3 {
    margin-block-start: 1.1rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--line);
    font-size: 0.82rem;
    font-weight: 650;
  }
  dl {
    display: grid;
    gap: 0.6rem;
    margin-block-start: 0.75rem;
  }
  .others {
    display: grid;
    gap: 0.4rem;
    margin: 0.75rem 0 0;
    padding: 0;
    list-style: none;
    overflow-wrap: anywhere;
  }
  .others .muted {
    display: block;
    font-size: 0.82rem;
  }
  dt {
    color: var(--muted);
    font-size: 0.78rem;
  }
  dd {
    overflow-wrap: anywhere;
    text-align: start;
  }
  @media (max-width: 1279px) {
    aside {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      inline-size: min(20rem, 100%);
      box-shadow: var(--shadow);
    }
  }
  @media (max-width: 760px) {
    .head {
      padding: 0.4rem 0.6rem;
    }
    .back {
      display: grid;
    }
    .about {
      flex-basis: 60%;
    }
    .actions {
      inline-size: 100%;
      overflow-x: auto;
    }
    .actions .quiet {
      margin-inline-start: auto;
    }
  }
`;
