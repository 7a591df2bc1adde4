import { html, type TemplateResult } from 'lit';

const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»”]/g;

/** A text with its web addresses as links. */
export function linkify(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const [url] = match;
    parts.push(text.slice(end, match.index), html`<a href=${url} target="_blank" rel="noopener noreferrer">${url}</a>`);
    end = match.index + url.length;
  }
  return [...parts, text.slice(end)];
}
