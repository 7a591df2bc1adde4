import { css } from 'lit';

export const suspendedStyles = css`
  :host {
    display: block;
  }
  section {
    display: grid;
    gap: 1rem;
    max-inline-size: 56rem;
    padding: 1rem 1.5rem 2rem;
  }
  h2 {
    font-size: 1.15rem;
    letter-spacing: -0.01em;
  }
  .mails {
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
  li > div {
    flex: 1 1 16rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .subject {
    font-weight: 600;
  }
  .muted,
  .why {
    font-size: 0.82rem;
  }
  .why {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding-inline: 1rem;
  }
  .choice label {
    display: flex;
    align-items: center;
    gap: 0.6rem;
  }
  .answers {
    display: flex;
    gap: 0.5rem;
  }
`;
