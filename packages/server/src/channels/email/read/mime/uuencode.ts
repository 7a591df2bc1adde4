interface UuFile {
  name: string;
  content: Buffer;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

const beginLine = /^begin [0-7]{3,4} (\S[^\r\n]{0,250})$/;
const mostFiles = 50;
/** How often the beginning of a file is believed. */
const mostTries = 500;

/** Every file that a text encloses between its lines `begin 644 name` and `end`. Nothing else is taken for one. */
export function findUuencoded(bytes: Buffer): UuFile[] {
  const files: UuFile[] = [];
  let at = nextBegin(bytes, 0);
  for (let tries = 0; at >= 0 && files.length < mostFiles && tries < mostTries; tries++) {
    const file = readFile(bytes, at);
    if (file) files.push(file);
    at = nextBegin(bytes, file ? file.end : at + 1);
  }
  return files;
}

/** The decoded content of a part that is uuencoded as a whole. */
export function decodeUuencoded(bytes: Buffer): Buffer {
  const files = findUuencoded(bytes);
  return files.length > 0 ? Buffer.concat(files.map(({ content }) => content)) : bytes;
}

function nextBegin(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('begin ', from); at >= 0; at = bytes.indexOf('begin ', at + 1)) {
    if (at === 0 || bytes[at - 1] === 0x0a) return at;
  }
  return -1;
}

function readFile(bytes: Buffer, start: number): UuFile | null {
  const lines = linesFrom(bytes, start);
  const name = beginLine.exec(lines.next().value?.line ?? '')?.[1];
  if (!name) return null;
  let length = 0;
  for (const { line, end } of lines) {
    if (line === 'end') return length > 0 ? { name, content: decodeLines(bytes, start, length), start, end } : null;
    if (!isCoded(line)) return null;
    length += countOf(line);
  }
  return null;
}

function* linesFrom(bytes: Buffer, from: number): Generator<{ line: string; end: number }> {
  for (let at = from; at < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    yield { line: bytes.toString('latin1', at, Math.min(end, at + 500)).replace(/[\r\n]+$/, ''), end };
    at = end;
  }
}

/** The first character tells how many bytes a line holds. */
function countOf(line: string): number {
  return line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
}

function isCoded(line: string): boolean {
  return /^[ -`]*$/.test(line) && line.length - 1 <= Math.ceil(countOf(line) / 3) * 4 + 2;
}

/** Each four characters are three bytes. */
function decodeLines(bytes: Buffer, start: number, length: number): Buffer {
  const content = Buffer.alloc(length);
  const lines = linesFrom(bytes, start);
  lines.next();
  let at = 0;
  for (const { line } of lines) {
    if (line === 'end') break;
    const end = at + countOf(line);
    for (let from = 1; at < end; from += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((n) => ((line.charCodeAt(from + n) || 32) - 32) & 63);
      for (const byte of [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d]) {
        if (at < end) content[at++] = byte & 255;
      }
    }
  }
  return content;
}
