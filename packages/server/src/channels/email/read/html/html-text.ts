import { Parser } from 'htmlparser2';
import { isQuoteContainer, isSignatureContainer, startsQuote, startsSignature } from './quote-marks.js';
import { TextWriter } from './text-writer.js';

export interface HtmlText {
  /** All readable text. */
  text: string;
  /** The text outside of what mail programs mark as quote or signature; each quote left a line of `>`. */
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
  const page = new Page();
  const parser = new Parser({
    onopentag: (name, attributes) => page.open(name, attributes),
    ontext: (text) => page.write(text),
    onclosetag: (name) => page.close(name),
  });
  parser.write(html);
  parser.end();
  return page.finish();
}

interface Element {
  name: string;
  hidden: boolean;
  quoted: boolean;
  /** Stands below "… wrote:". */
  introduced: boolean;
}

/** Where the reading stands: inside what it is, and so who gets the text. */
class Page {
  readonly #all = new TextWriter();
  readonly #fresh = new TextWriter();
  readonly #inside: Element[] = [];
  #hidden = 0;
  #quoted = 0;
  #preformatted = 0;
  #cut = false;

  open(name: string, attributes: Record<string, string>): void {
    if (this.#isFresh() && startsQuote(name, attributes)) this.#cutHere();
    this.#breakBefore(name);
    if (this.#isFresh() && startsSignature(name, attributes)) this.#fresh.line('--');
    if (voids.has(name)) return;
    const textBefore = name === 'blockquote' ? this.#fresh.lastLines() : '';
    const isQuote = isQuoteContainer(name, attributes, textBefore);
    if (isQuote && this.#isFresh()) this.#fresh.line('>');
    const element = {
      name,
      hidden: hidden.has(name),
      quoted: isQuote || isSignatureContainer(name, attributes),
      introduced: name === 'blockquote' && /[:：]$/.test(this.#all.lastLine()),
    };
    this.#inside.push(element);
    this.#count(element, 1);
  }

  write(text: string): void {
    if (this.#hidden > 0) return;
    for (const writer of this.#writers()) writer.text(text, this.#preformatted > 0);
  }

  /** Closes the element, and what was left open inside it. */
  close(name: string): void {
    const at = this.#inside.findLastIndex((element) => element.name === name);
    if (at < 0) return;
    for (const element of this.#inside.splice(at).reverse()) {
      this.#breakBefore(element.name);
      this.#count(element, -1);
      if (element.introduced) this.#release(this.#inside.at(-1));
    }
  }

  finish(): HtmlText {
    return { text: this.#all.finish(), fresh: this.#fresh.finish() };
  }

  #cutHere(): void {
    this.#fresh.line('>');
    this.#cut = true;
  }

  /** What stands in the container of a quote below the quote itself was written there by the one who answers. */
  #release(container: Element | undefined): void {
    if (!container?.quoted || container.name === 'blockquote') return;
    container.quoted = false;
    this.#quoted -= 1;
  }

  #count({ name, hidden, quoted }: Element, by: 1 | -1): void {
    if (hidden) this.#hidden += by;
    if (quoted) this.#quoted += by;
    if (name === 'pre') this.#preformatted += by;
  }

  #breakBefore(name: string): void {
    for (const writer of this.#writers()) {
      if (name === 'br') writer.breakLine();
      else if (blocks.has(name)) writer.lines(paragraphs.has(name) ? 2 : 1);
      else if (name === 'td' || name === 'th') writer.text(' ', false);
    }
  }

  #isFresh(): boolean {
    return this.#quoted === 0 && !this.#cut;
  }

  #writers(): TextWriter[] {
    return this.#isFresh() ? [this.#all, this.#fresh] : [this.#all];
  }
}
