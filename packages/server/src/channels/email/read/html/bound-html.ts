import { limits } from '../limits.js';

/** The beginning of HTML that is worked on. Parsers take quadratic time for tags nested ever deeper. */
export function boundHtml(html: string): { html: string; cut: boolean } {
  const shown = html.slice(0, limits.shownHtml);
  let depth = 0;
  for (const match of shown.matchAll(tag)) {
    if (closedByNext.test(match[2] ?? '')) continue;
    depth = Math.max(0, depth + (match[1] === '/' ? -1 : 1));
    if (depth > limits.htmlDepth) return { html: shown.slice(0, match.index), cut: true };
  }
  return { html: shown, cut: shown.length < html.length };
}

const tag = /<(\/?)([a-z][a-z0-9]{0,20})/gi;

/** Elements that are empty, or that the next of their kind closes: seldom closed, never deep. */
const closedByNext =
  /^(area|base|br|col|hr|img|input|link|meta|param|source|wbr|p|li|td|tr|th|dd|dt|option|thead|tbody|tfoot)$/i;
