interface UuFile {
  name: string;
  content: Buffer;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

const beginLine = /^begin [0-7]{3,4} (\S[^\r\n]{0,250})$/;
const mostFiles = 50;

/** Every file that a text encloses between its lines `begin 644 name` and `end`. Nothing else is taken for one. */
export function findUuencoded(bytes: Buffer): UuFile[] {
  const files: UuFile[] = [];
  for (let at = nextBegin(bytes, 0); at >= 0 && files.length < mostFiles; ) {
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
  const pieces: Buffer[] = [];
  for (const { line, end } of lines) {
    if (line === 'end') return pieces.length > 0 ? { name, content: Buffer.concat(pieces), start, end } : null;
    const piece = decodeLine(line);
    if (!piece) return null;
    pieces.push(piece);
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

/** The first character tells how many bytes follow, each four characters three of them. Null if the line is none of these. */
function decodeLine(line: string): Buffer | null {
  const count = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
  const coded = line.slice(1);
  if (!/^[ -`]*$/.test(line) || coded.length > Math.ceil(count / 3) * 4 + 2) return null;
  const bytes = Buffer.alloc(Math.ceil(count / 3) * 3);
  for (let group = 0; group * 3 < count; group++) {
    const four = [0, 1, 2, 3].map((n) => ((coded.charCodeAt(group * 4 + n) || 32) - 32) & 63);
    const [a = 0, b = 0, c = 0, d = 0] = four;
    bytes.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, group * 3, 3);
  }
  return bytes.subarray(0, count);
}
