import { css } from 'lit';

export const bulkBarStyles = css`
  :host {
    display: block;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.5rem;
    padding: 0.4rem 0.9rem;
    border-block-end: 1px solid var(--line);
    background: var(--selected);
  }
  .bar span {
    flex: 1;
    font-weight: 550;
  }
  .refused {
    padding: 0.4rem 0.9rem;
    border-block-end: 1px solid var(--line);
    font-size: 0.82rem;
    overflow-wrap: anywhere;
  }
  .refused p {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  .refused button {
    margin-inline-start: auto;
  }
`;
