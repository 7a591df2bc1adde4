import { html, svg, type TemplateResult } from 'lit';

const shapes = {
  chat: svg`<path d="M2.5 4.5a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H7l-3.2 2.7V10.4a2 2 0 0 1-1.3-1.9z"/>`,
  email: svg`<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 5 5.5 4 5.5-4"/>`,
  note: svg`<path d="M3 2.5h10v7L9.5 13.5H3z"/><path d="M13 9.5H9.5v4M5.5 5.5h5M5.5 8h3"/>`,
  mine: svg`<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 13.5c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4"/>`,
  queue: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h6"/>`,
  open: svg`<path d="M2.5 9.5 4.3 3h7.400l1.8 6.500v3.500h-11z"/><path d="M2.5 9.500h3.300l.8 1.500h2.800l.8-1.500h3.3"/>`,
  resolved: svg`<path d="m3 8.5 3.3 3.300L13 5"/>`,
  mailboxes: svg`<circle cx="8" cy="8" r="2.6"/><path d="M10.6 5.400v3.400c0 1.2.7 1.9 1.6 1.900s1.6-.8 1.6-2.700A5.8 5.8 0 1 0 11.4 12.7"/>`,
  held: svg`<circle cx="8" cy="8" r="5.7"/><path d="M6.400 5.700v4.600M9.600 5.700v4.600"/>`,
  keys: svg`<rect x="1.5" y="4" width="13" height="8" rx="1.5"/><path d="M4 6.500h.01M6.7 6.500h.01M9.3 6.500h.01M12 6.500h.01M5 9.500h6"/>`,
  leave: svg`<path d="M6.5 2.500h-4v11h4M6.5 8h7M10.5 5l3 3-3 3"/>`,
  back: svg`<path d="M13 8H3M7 4 3 8l4 4"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.7"/><path d="M8 4.700V8l2.2 1.5"/>`,
  clip: svg`<path d="m13 7.5-5 5a3 3 0 0 1-4.3-4.300l5.5-5.500a2 2 0 0 1 2.9 2.900L6.7 11a1 1 0 0 1-1.4-1.400l4.9-4.9"/>`,
  down: svg`<path d="M8 3v10M4 9l4 4 4-4"/>`,
  warn: svg`<path d="M8 2.2 14.3 13.300H1.700z"/><path d="M8 6.500v3M8 11.500h.01"/>`,
  person: svg`<rect x="2" y="3" width="12" height="10" rx="1.5"/><circle cx="6" cy="7" r="1.5"/><path d="M3.8 11c.3-1.3 1.1-1.9 2.2-1.900s1.9.6 2.2 1.900M10 6.500h2M10 9h2"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="6.500" rx="1.5"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>`,
  seal: svg`<circle cx="8" cy="6.500" r="4"/><path d="m5.700 10-1 4L8 12.300 11.300 14l-1-4M6.500 6.500l1.100 1.100 2-2.100"/>`,
  calendar: svg`<rect x="2.5" y="3.500" width="11" height="10" rx="1.5"/><path d="M2.5 6.700h11M5.500 2v3M10.500 2v3"/>`,
  image: svg`<rect x="2" y="3" width="12" height="10" rx="1.5"/><circle cx="5.500" cy="6.500" r="1.100"/><path d="m2.500 11.500 3.500-3 2.500 2 2.500-3 2.500 3"/>`,
  flag: svg`<path d="M3.5 14V2.500M3.5 3h8.500l-1.800 3 1.800 3H3.500"/>`,
  star: svg`<path d="m8 2.200 1.800 3.700 4 .6-2.900 2.800.7 4L8 11.400l-3.600 1.900.7-4L2.200 6.500l4-.6z"/>`,
  people: svg`<circle cx="6" cy="5.500" r="2.300"/><path d="M1.800 13c.4-2.600 2-3.800 4.200-3.800s3.800 1.200 4.200 3.800M10.500 3.500a2.200 2.200 0 0 1 0 4.200M12 9.600c1.300.5 2 1.600 2.300 3.400"/>`,
  team: svg`<rect x="5.500" y="2" width="5" height="3.500" rx="1"/><rect x="1.500" y="10.500" width="5" height="3.500" rx="1"/><rect x="9.500" y="10.500" width="5" height="3.500" rx="1"/><path d="M8 5.500V8M4 10.500V8h8v2.500"/>`,
  routing: svg`<path d="M2 8h4c2.500 0 2-4 4.500-4H14M6 8c2.500 0 2 4 4.500 4H14M12 2l2 2-2 2M12 10l2 2-2 2"/>`,
  again: svg`<path d="M3 8a5 5 0 1 1 1.6 3.700M3 12.500V9.300h3.2"/>`,
};

export type IconName = keyof typeof shapes;

/** A picture beside a word; it says nothing by itself. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;
