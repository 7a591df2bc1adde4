import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
    padding: 0 1rem 0.9rem;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    max-inline-size: 56rem;
    margin-inline: auto;
    border: 1px solid var(--field-line);
    border-radius: 10px;
    background: var(--surface);
  }
  form:focus-within {
    outline: 2px solid var(--focus);
    outline-offset: -1px;
  }
  form.note {
    border-color: var(--note-line);
    background: var(--note);
    color: var(--note-text);
  }
  form.note:focus-within {
    outline-color: var(--note-text);
  }
  .modes {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-inline-size: 0;
    padding: 0.4rem 0.5rem 0;
  }
  .mode input {
    position: absolute;
    opacity: 0;
  }
  .mode span {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    min-block-size: 1.75rem;
    padding: 0.1rem 0.6rem;
    border-radius: var(--radius);
    color: var(--muted);
    font-weight: 550;
    cursor: pointer;
  }
  form.note .mode span {
    color: inherit;
  }
  .mode span:hover {
    background: rgb(128 128 128 / 15%);
  }
  .mode input:checked + span {
    background: var(--selected);
    color: var(--accent);
  }
  form.note .mode input:checked + span {
    background: var(--note-line);
    color: light-dark(#1f1700, #fff3cf);
  }
  .mode input:focus-visible + span {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
  .where {
    margin-inline: auto 0.35rem;
    overflow: hidden;
    color: var(--muted);
    font-size: 0.78rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  form.note .where {
    color: inherit;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.6rem;
    padding: 0.3rem 0.9rem 0;
    color: var(--muted);
    font-size: 0.8rem;
  }
  .who p:empty {
    display: none;
  }
  .who p {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who .people-fields {
    flex: 1 0 100%;
  }
  textarea {
    field-sizing: content;
    min-block-size: 3.6rem;
    max-block-size: 35dvh;
    padding: 0.5rem 0.9rem;
    border: 0;
    outline: 0;
    background: transparent;
    line-height: 1.5;
    resize: none;
  }
  textarea:focus-visible {
    outline: 0;
  }
  form.note ::placeholder {
    color: inherit;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.6rem;
    padding: 0 0.5rem 0.5rem;
  }
  .send > input {
    inline-size: auto;
  }
  .send > kbd {
    white-space: nowrap;
  }
  .send > .bad {
    margin-inline-end: auto;
  }
  @media (max-width: 760px) {
    :host {
      padding: 0 0.5rem 0.5rem;
    }
    textarea {
      font-size: 1rem;
    }
    kbd {
      display: none;
    }
  }
`;
