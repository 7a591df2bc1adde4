import { limits } from '../limits.js';

const fieldLine = /^[!-9;-~]{1,200}[ \t]*:/;
const mboxLine = /^>?From /;

/**
 * Parts the headers of a mail from its body, and gives them as the library reads them: it takes everything up to the first
 * blank line for headers, so a mail without one would have no text.
 */
export function splitHead(mail: Buffer): { head: Buffer; body: Buffer } {
  const lines: string[] = [];
  let at = afterBlankLines(mail);
  while (at < mail.length && at < limits.headerBytes) {
    const next = nextLine(mail, at);
    const line = mail.toString('latin1', at, next).trimEnd();
    if (line === '') {
      at = next;
      break;
    }
    if (lines.length > 0 && isParameter(line, lines.at(-1))) lines.push(` ${line}`);
    else if (fieldLine.test(line) || (lines.length > 0 && /^[ \t]/.test(line))) lines.push(line);
    else if (!mboxLine.test(line) && !fieldFollows(mail, next)) break;
    at = next;
  }
  return { head: Buffer.from([...lines, '', ''].join('\r\n'), 'latin1'), body: mail.subarray(at) };
}

function afterBlankLines(mail: Buffer): number {
  let at = 0;
  while (mail[at] === 0x0a || mail[at] === 0x0d) at++;
  return at;
}

/** A parameter whose folding lost its blank: `boundary="…"` in the line below `Content-Type: …;`. */
function isParameter(line: string, before = ''): boolean {
  return /^[a-z]{3,20}="?[^\s"]/i.test(line) && /^content-[a-z]+:.{1,200};\s*$/is.test(before);
}

/** A stray line is only the end of the headers when no further header follows it. */
function fieldFollows(mail: Buffer, at: number): boolean {
  return fieldLine.test(mail.toString('latin1', at, Math.min(nextLine(mail, at), at + 250)));
}

function nextLine(mail: Buffer, at: number): number {
  const feed = mail.indexOf(0x0a, at);
  return feed < 0 ? mail.length : feed + 1;
}
