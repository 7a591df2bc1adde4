import { Parser } from 'htmlparser2';
import { isQuoteContainer, isSignatureContainer, startsQuote } from './quote-marks.js';
import { TextWriter } from './text-writer.js';

export interface HtmlText {
  /** All readable text. */
  text: string;
  /** The text outside of what mail programs mark as quote or signature. */
  fresh: string;
}

const hidden = new Set(['head', 'style', 'script', 'title', 'template', 'object', 'svg', 'select', 'textarea']);
const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol']);
const voids = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'base', 'col', 'area', 'wbr', 'source', 'param']);

/** Reads HTML as text in one pass, and beside it what is left without the quotes. */
export function readHtml(html: string): HtmlText {
  const all = new TextWriter();
  const fresh = new TextWriter();
  const state = { hidden: 0, quoted: 0, cut: false, pre: 0 };
  const open: { name: string; hidden: boolean; quoted: boolean }[] = [];
  const writers = () => (state.quoted > 0 || state.cut ? [all] : [all, fresh]);

  const leave = (element: { name: string; hidden: boolean; quoted: boolean }) => {
    if (element.name === 'pre') state.pre--;
    if (blocks.has(element.name)) for (const writer of writers()) writer.lines(paragraphs.has(element.name) ? 2 : 1);
    if (element.hidden) state.hidden--;
    if (element.quoted) state.quoted--;
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (startsQuote(name, attributes)) state.cut = true;
      const element = {
        name,
        hidden: hidden.has(name),
        quoted: isSignatureContainer(name, attributes) || isQuoteContainer(name, attributes, fresh),
      };
      if (element.hidden) state.hidden++;
      if (element.quoted) state.quoted++;
      if (name === 'pre') state.pre++;
      if (name === 'br') for (const writer of writers()) writer.breakLine();
      else if (blocks.has(name)) for (const writer of writers()) writer.lines(paragraphs.has(name) ? 2 : 1);
      if (name === 'td' || name === 'th') for (const writer of writers()) writer.text(' ', false);
      if (voids.has(name)) leave({ ...element, name: '' });
      else open.push(element);
    },
    ontext(text) {
      if (state.hidden > 0) return;
      for (const writer of writers()) writer.text(text, state.pre > 0);
    },
    onclosetag(name, implied) {
      if (voids.has(name)) return;
      const at = open.findLastIndex((element) => element.name === name);
      if (at < 0 && implied) return;
      if (at >= 0) for (const element of open.splice(at).reverse()) leave(element);
    },
  });
  parser.write(html);
  parser.end();
  return { text: all.finish(), fresh: fresh.finish() };
}
