/** Collects text as a browser would lay it out: blanks collapse, blocks begin on lines of their own. */
export class TextWriter {
  readonly #parts: string[] = [];
  #owed = 0;
  #blank = false;
  #atLineStart = true;
  #line = '';
  #lastLine = '';

  text(value: string, verbatim: boolean): void {
    if (verbatim) {
      this.#append(value);
      return;
    }
    const words = value.replace(/[ \t\r\n\f]+/g, ' ');
    if (words.startsWith(' ')) this.#blank = true;
    if (words !== ' ' && words !== '') this.#append(words.replace(/^ | $/g, ''));
    if (words.endsWith(' ')) this.#blank = true;
  }

  /** Owes at least this many line breaks before the next text. */
  lines(count: number): void {
    this.#owed = Math.max(this.#owed, count);
    this.#blank = false;
  }

  breakLine(): void {
    this.#owed += 1;
    this.#blank = false;
  }

  /** The last line that has text: what stands right before a quote says whether it is one. */
  lastLine(): string {
    return this.#line.trim() || this.#lastLine;
  }

  finish(): string {
    return this.#parts
      .join('')
      .replace(/\u00a0/g, ' ')
      .replace(/[ \t]{1,1000}$/gm, '')
      .trim();
  }

  #append(value: string): void {
    if (this.#owed > 0) {
      if (this.#parts.length > 0) this.#parts.push('\n'.repeat(Math.min(this.#owed, 3)));
      this.#owed = 0;
      this.#lastLine = this.#line.trim() || this.#lastLine;
      this.#line = '';
      this.#atLineStart = true;
    }
    const glue = this.#blank && !this.#atLineStart ? ' ' : '';
    this.#parts.push(glue, value);
    this.#line = `${this.#line}${glue}${value}`.slice(-2000);
    this.#blank = false;
    this.#atLineStart = false;
  }
}
