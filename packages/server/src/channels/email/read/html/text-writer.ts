/** What is longer introduces no quote: the rest of it need not be remembered. */
const longestLine = 2000;

/** Collects text as a browser would lay it out: blanks collapse, blocks begin on lines of their own. */
export class TextWriter {
  readonly #parts: string[] = [];
  #owed = 0;
  #blank = false;
  #atLineStart = true;
  #line = '';
  #lines: string[] = [];

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

  /** A line of its own. */
  line(value: string): void {
    this.lines(1);
    this.#append(value);
    this.lines(1);
  }

  /** The last line that has text: what stands right before a quote says whether it is one. */
  lastLine(): string {
    return this.#line.trim() || (this.#lines.at(-1) ?? '');
  }

  /** The last four lines that have text. */
  lastLines(): string {
    return [...this.#lines, this.#line.trim()]
      .filter((line) => line !== '')
      .slice(-4)
      .join('\n');
  }

  finish(): string {
    return this.#parts
      .join('')
      .replaceAll('\u00a0', ' ')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trim();
  }

  #append(value: string): void {
    if (this.#owed > 0) {
      if (this.#parts.length > 0) this.#parts.push('\n'.repeat(Math.min(this.#owed, 3)));
      this.#owed = 0;
      if (this.#line.trim() !== '') this.#lines = [...this.#lines, this.#line.trim()].slice(-4);
      this.#line = '';
      this.#atLineStart = true;
    }
    const glue = this.#blank && !this.#atLineStart ? ' ' : '';
    this.#parts.push(glue === '' ? value : ` ${value}`);
    if (this.#line.length < longestLine) this.#line += `${glue}${value}`;
    this.#blank = false;
    this.#atLineStart = false;
  }
}
