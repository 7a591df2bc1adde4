import { serverTexts } from '@helpline/protocol/texts/server.js';
import { translator } from '@helpline/protocol/texts/translate.js';
import { eachImage, escapeAttribute, unescapeAttribute } from './image-tags.js';

/** Where the pictures of a page are. */
export interface Pictures {
  /** One that lies in the mail, by its file. */
  own: (fileId: string) => string;
  /** One that lies elsewhere. Null while nobody has asked for such. */
  remote: (url: string) => string | null;
}

/** Pictures of one page that are fetched from elsewhere; more no reader looks at. */
const mostRemote = 200;
const remoteSource = /(?:^| )data-src="([^"]*)"/;
const ownFile = /(?:^| )data-file="([^"]*)"/;

export function countRemoteImages(html: string): number {
  let count = 0;
  eachImage(html, (attributes) => {
    if (remoteSource.test(attributes)) count += 1;
    return attributes;
  });
  return count;
}

/** A mail's sanitised HTML as a page for a sandboxed frame. Nothing in it runs; the quoted part opens by itself, as details do. */
export function mailPage(html: string, locale: string, pictures: Pictures): string {
  const say = translator(serverTexts, locale);
  const body = foldQuotes(placePictures(html, pictures), say('mail.quoted'));
  const scheme = hasOwnColours(body) ? 'light' : 'light dark';
  return `<!doctype html>
<html class="${scheme === 'light' ? 'paper' : 'plain'}">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="${scheme}">
<title>${say('mail.page')}</title>
<style>${styles}</style>
</head>
<body dir="auto">${body}</body>
</html>`;
}

function placePictures(html: string, { own, remote }: Pictures): string {
  let asked = 0;
  return eachImage(html, (attributes) => {
    const file = ownFile.exec(attributes)?.[1];
    if (file) return `${attributes}src="${escapeAttribute(own(unescapeAttribute(file)))}" `;
    const elsewhere = remoteSource.exec(attributes)?.[1];
    const source = elsewhere && asked++ < mostRemote ? remote(unescapeAttribute(elsewhere)) : null;
    if (source) return `${attributes}src="${escapeAttribute(source)}" `;
    return attributes.replace(/(^| )src="cid:[^"]*"/i, '$1');
  });
}

/** What the mail answers stays shut at first, behind the "…" that stands where it begins. */
function foldQuotes(html: string, name: string): string {
  const begin = html.search(/<[a-z][a-z0-9]*(?: [^<>]*)? data-quoted/);
  if (begin < 0) return html;
  const opener = `<details id="quoted"><summary aria-label="${escapeAttribute(name)}" title="${escapeAttribute(name)}">…</summary></details>`;
  return `${html.slice(0, begin)}${opener}${html.slice(begin)}`;
}

/** Who has chosen colours has chosen them for white paper. */
const hasOwnColours = (html: string): boolean =>
  /<[a-z][^<>]* (?:style="[^"]*(?:color|background)[^"]*:|bgcolor="|color=")/.test(html);

const styles = `
html { overflow-x: auto; }
body { display: flow-root; margin: 0; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
.paper { background: #fff; color: #16181d; }
.paper body { padding: 12px; }
img { max-width: 100%; height: auto; }
img[data-src]:not([src], [alt=""]) { border: 1px dashed GrayText; border-radius: 3px; padding: 0 4px; color: GrayText; }
pre { white-space: pre-wrap; font-family: inherit; }
blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 2px solid color-mix(in srgb, currentcolor 30%, transparent); }
p { margin: 0 0 10px; }
p:last-child { margin: 0; }
summary { display: inline-block; padding: 0 8px; border: 1px solid color-mix(in srgb, currentcolor 40%, transparent); border-radius: 8px; line-height: 18px; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
body:has(#quoted:not([open])) [data-quoted] { display: none !important; }
`;
