import { css } from 'lit';

export const appStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100dvh;
  }
  :host > .state {
    margin: auto;
  }
  console-sign-in {
    flex: 1;
  }
  .panes {
    display: grid;
    flex: 1;
    grid-template-columns: 12.5rem minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
  }
  console-list {
    border-inline: 1px solid var(--line);
    background: var(--surface);
  }
  main,
  .open {
    position: relative; /* so that what it hides stays in it, and makes the page no longer */
    display: grid;
    min-block-size: 0;
    min-inline-size: 0;
    overflow: hidden;
    background: var(--surface);
  }
  .desk {
    grid-template-columns: 20rem minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
  }
  [data-page='wide'] main {
    border-inline-start: 1px solid var(--line);
    overflow: auto;
  }
  /* It takes the focus over from what is gone; nothing is done with it. */
  :is(main, .open):focus {
    outline: 0;
  }
  .banner {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    padding: 0.35rem 1rem;
    background: var(--note);
    color: var(--note-text);
    font-weight: 550;
    overflow: hidden;
    animation: unfold 0s 400ms both;
  }
  /* Only a break that lasts is worth the room. */
  @keyframes unfold {
    from {
      block-size: 0;
      padding-block: 0;
      visibility: hidden;
    }
  }
  .skip {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-start: 0.5rem;
    z-index: 10;
    translate: 0 -5rem;
  }
  .skip:focus {
    translate: 0;
  }
  .notice {
    position: fixed;
    inset-block-end: 1.25rem;
    inset-inline-start: 13.5rem;
    z-index: 10;
    max-inline-size: min(30rem, calc(100vw - 2rem));
    pointer-events: none;
  }
  .notice p {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    padding: 0.35rem 0.4rem 0.35rem 0.9rem;
    border: 1px solid var(--line-strong);
    border-radius: 10px;
    background: var(--surface);
    box-shadow: var(--shadow);
    pointer-events: auto;
  }
  .notice .failed {
    border-color: var(--bad);
    background: var(--bad-surface);
    color: var(--bad);
  }
  @media (max-width: 1020px) {
    .panes {
      grid-template-columns: 10.5rem minmax(0, 1fr);
    }
    .desk {
      grid-template-columns: 16rem minmax(0, 1fr);
    }
  }
  @media (max-width: 760px) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
    }
    .desk {
      grid-template-columns: minmax(0, 1fr);
    }
    console-list {
      border: 0;
      border-block-start: 1px solid var(--line);
    }
    .notice {
      inset-block: 0.75rem auto;
      inset-inline-start: 1rem;
    }
    [data-page='wide'] main {
      border: 0;
    }
    [data-page='list'] .open,
    [data-page='conversation'] :is(console-views, console-list) {
      display: none;
    }
    [data-page='conversation'] {
      grid-template-rows: minmax(0, 1fr);
    }
  }
`;
