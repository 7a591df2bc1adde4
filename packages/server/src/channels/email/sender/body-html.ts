import { escapeHtml } from '../../../platform/escape-html.js';
import type { LinkedFile } from './mail-files.js';

/** An address, without what ends the sentence around it. */
const address = /https?:\/\/[^\s<>"']{1,2000}[^\s<>"'.,;:!?)\]]/g;

/** A plain text as HTML in which nothing runs. */
export const paragraphsOf = (text: string): string =>
  text
    .trim()
    .split(/(?:\r?\n){2,}/)
    .map((paragraph) => `<p dir="auto">${linkified(paragraph).replace(/\r?\n/g, '<br>\n')}</p>`)
    .join('\n');

function linkified(text: string): string {
  const addresses = text.match(address) ?? [];
  return text
    .split(address)
    .map((between, index) => escapeHtml(between) + linkTo(addresses[index]))
    .join('');
}

const linkTo = (url: string | undefined): string =>
  url === undefined ? '' : `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;

/** The pictures that stand in the mail, each on a line of its own. */
export const picturesOf = (pictures: readonly { cid?: string; filename?: string | false }[]): string =>
  pictures
    .map(({ cid, filename }) =>
      cid ? `\n<p><img src="cid:${cid}" alt="${escapeHtml(filename || '')}" style="max-width:100%"></p>` : '',
    )
    .join('');

/** Files to be fetched, below the words that say so. */
export const linksOf = (words: string, linked: readonly (LinkedFile & { says: string })[]): string =>
  linked.length === 0
    ? ''
    : `\n<p dir="auto">${escapeHtml(words)}</p>\n<ul>\n${linked
        .map(
          ({ filename, url, says }) =>
            `<li><a href="${escapeHtml(url)}" dir="auto">${escapeHtml(filename)}</a> (${says})</li>`,
        )
        .join('\n')}\n</ul>`;
