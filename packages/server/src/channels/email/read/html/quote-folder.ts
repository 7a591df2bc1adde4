import { isQuoteContainer, startsQuote } from './quote-marks.js';

type Attributes = Record<string, string>;

const breaks = /^(address|article|blockquote|br|dd|div|dt|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)$/;

/** Follows a mail from tag to tag, and says what of it belongs to the mail that was answered. */
export class QuoteFolder {
  #isCut = false;
  #line = '';
  #lastLine = '';

  /** Whether the element that opens here is quoted. */
  opens(name: string, attributes: Attributes): boolean {
    if (!this.#isCut && startsQuote(name, attributes)) this.#isCut = true;
    if (breaks.test(name)) this.#endLine();
    return this.#isCut || isQuoteContainer(name, attributes, this.#line.trim() || this.#lastLine);
  }

  /** The text as it is to be written: after a cut it needs an element of its own, to be told from what is new. */
  reads(escaped: string): string {
    this.#line = `${this.#line}${unescapeText(escaped)}`.slice(-500);
    return this.#isCut && escaped.trim() !== '' ? `<span data-quoted>${escaped}</span>` : escaped;
  }

  #endLine(): void {
    this.#lastLine = this.#line.trim() || this.#lastLine;
    this.#line = '';
  }
}

const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
