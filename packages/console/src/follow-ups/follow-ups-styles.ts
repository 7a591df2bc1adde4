import { css } from 'lit';

export const followUpsStyles = css`
  nav {
    display: flex;
    gap: 0.75rem;
  }
  nav a {
    min-block-size: 1.5rem;
    padding-block-end: 0.15rem;
    font-weight: 550;
    text-decoration: none;
  }
  nav a[aria-current='page'] {
    border-block-end: 2px solid var(--accent);
    color: var(--text);
  }
  .what p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 0.4rem;
  }
  .what .icon {
    inline-size: 0.85rem;
    block-size: 0.85rem;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
`;
