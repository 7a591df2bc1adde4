import { css } from 'lit';

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: auto;
  }
  h2 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 0.85rem 0.9rem 0.55rem;
    background: var(--surface);
    font-size: 1rem;
    font-weight: 650;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  li {
    display: flex;
    border-block-end: 1px solid var(--line);
  }
  li input {
    flex: none;
    align-self: center;
    margin-inline: 0.8rem 0.3rem;
    inline-size: 1.1rem;
    block-size: 1.1rem;
  }
  a {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.1rem;
    padding: 0.55rem 0.9rem 0.6rem;
    color: inherit;
    text-decoration: none;
    scroll-margin-block: 3rem 0.5rem;
  }
  input + a {
    padding-inline-start: 0.5rem;
  }
  a:hover {
    background: var(--hover);
  }
  a:focus-visible {
    outline-offset: -2px;
  }
  li:has(a[aria-current='true']) {
    background: var(--selected);
    box-shadow: inset 3px 0 var(--accent);
  }
  :host(:dir(rtl)) li:has(a[aria-current='true']) {
    box-shadow: inset -3px 0 var(--accent);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 0.45rem;
  }
  .channel {
    display: grid;
    color: var(--muted);
  }
  .name {
    flex: 1;
    min-inline-size: 0;
    font-weight: 600;
  }
  time {
    font-size: 0.78rem;
    font-variant-numeric: tabular-nums;
  }
  .name,
  .subject,
  .preview {
    overflow: hidden;
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Each text reads its own way, and all begin on the side of the page. */
  :host(:dir(rtl)) :is(.name, .subject, .preview) {
    text-align: right;
  }
  .subject {
    font-weight: 500;
  }
  .preview {
    font-size: 0.82rem;
  }
  .marks:not(:has(*)) {
    display: none;
  }
  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 0.8rem;
    margin-block-start: 0.15rem;
    color: var(--muted);
    font-size: 0.78rem;
  }
  .marks > span {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  .marks .icon {
    inline-size: 0.8rem;
    block-size: 0.8rem;
  }
  .waiting {
    color: var(--warn);
    font-weight: 550;
  }
  .more {
    margin: 0.6rem auto;
  }
`;
