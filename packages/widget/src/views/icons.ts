import { svg, type TemplateResult } from 'lit';

const icon = (path: TemplateResult): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${path}</svg>`;

export const icons = {
  chat: icon(
    svg`<path d="M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-.9 0-1.8-.1-2.6-.3L4.6 20.5l1.1-3.6C4 15.5 3 13.5 3 11.2c0-4.3 4-7.7 9-7.7Z"/><path d="M8.5 11.2h.01M12 11.2h.01M15.5 11.2h.01"/>`,
  ),
  down: icon(svg`<path d="m6 9.5 6 6 6-6"/>`),
  close: icon(svg`<path d="M6.5 6.5l11 11m0-11l-11 11"/>`),
  send: icon(svg`<path d="M12 19.5v-15m-6.5 6.5L12 4.5l6.5 6.5"/>`),
  mail: icon(svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2.5"/><path d="m4 7.5 8 6 8-6"/>`),
  file: icon(
    svg`<path d="M13.5 3.5h-6a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-10Z"/><path d="M13.5 3.5v5h5"/>`,
  ),
  alert: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 8v4.5m0 3.2h.01"/>`),
  check: icon(svg`<path d="m5.5 12.5 4.2 4.2 8.8-9.2"/>`),
} as const;
