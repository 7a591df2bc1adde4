import { css } from 'lit';

export const dryRunStyles = css`
  :host {
    display: block;
  }
  section {
    display: grid;
    gap: 0.75rem;
    min-inline-size: 0;
  }
  h3 {
    font-size: 1rem;
  }
  h4 {
    margin: 0;
    font-size: 0.9rem;
  }
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.75rem;
  }
  label {
    display: grid;
    gap: 0.25rem;
    font-weight: 550;
  }
  label input {
    inline-size: 6rem;
  }
  progress {
    inline-size: min(24rem, 100%);
    accent-color: var(--accent);
  }
  .muted {
    font-size: 0.82rem;
  }
  table {
    inline-size: 100%;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    border-spacing: 0;
    text-align: start;
  }
  :is(th, td) {
    padding: 0.35rem 0.7rem;
    font-weight: 400;
    text-align: start;
    overflow-wrap: anywhere;
  }
  thead th {
    border-block-end: 1px solid var(--line);
    font-weight: 600;
  }
  td:last-child {
    font-weight: 600;
  }
  figure {
    display: grid;
    gap: 0.4rem;
    margin: 0;
  }
  figcaption {
    font-size: 0.9rem;
    font-weight: 600;
  }
  figure > svg {
    inline-size: 100%;
    max-inline-size: 44rem;
  }
  svg path {
    fill: none;
    stroke: var(--muted);
    stroke-width: 2;
  }
  svg text {
    fill: var(--muted);
    font-size: 12px;
    direction: ltr;
  }
  .level {
    stroke: var(--line);
    stroke-width: 1;
  }
  .recorded,
  .recorded path {
    stroke-dasharray: 2 4;
  }
  .current,
  .current path {
    stroke-dasharray: 8 4;
  }
  .changed,
  .changed path {
    stroke: var(--accent);
    stroke-width: 3;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    font-size: 0.85rem;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  .legend svg {
    inline-size: 30px;
    block-size: 6px;
    flex: none;
  }
  @media (max-width: 760px) {
    svg text {
      font-size: 20px;
    }
  }
  @media (forced-colors: active) {
    svg path {
      stroke: CanvasText;
    }
    .changed,
    .changed path {
      stroke: Highlight;
    }
  }
`;
