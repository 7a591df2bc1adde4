/** As much of CMS (RFC 5652) in BER as tells what kind of content it is and gives the content of a signed one. */

interface Value {
  tag: number;
  content: Buffer;
  /** The bytes after it. */
  rest: Buffer;
}

const sequence = 0x30;
const objectId = 0x06;
const integer = 0x02;
const set = 0x31;
const explicit = 0xa0;
const octets = 0x04;
const octetsInPieces = 0x24;

const kinds = new Map([
  ['2a864886f70d010702', 'signed-data'],
  ['2a864886f70d010703', 'enveloped-data'],
  ['2a864886f70d0109100117', 'authenveloped-data'],
  ['2a864886f70d0109100109', 'compressed-data'],
]);

export function contentTypeOf(bytes: Buffer): string | null {
  const outer = read(bytes);
  const kind = outer?.tag === sequence ? read(outer.content) : null;
  return kind?.tag === objectId ? (kinds.get(kind.content.toString('hex')) ?? null) : null;
}

/** What is signed, where the signature encloses it. */
export function signedContent(bytes: Buffer): Buffer | null {
  if (contentTypeOf(bytes) !== 'signed-data') return null;
  const [, enclosed] = values(read(bytes)?.content);
  const [signedData] = values(enclosed?.content);
  const [version, algorithms, encapsulated] = values(signedData?.content);
  if (version?.tag !== integer || algorithms?.tag !== set || encapsulated?.tag !== sequence) return null;
  const content = values(encapsulated.content).find(({ tag }) => tag === explicit);
  const [piece] = values(content?.content);
  return piece ? joined(piece, 0) : null;
}

const mostPieces = 100_000;

function joined({ tag, content }: Value, depth: number): Buffer | null {
  if (tag === octets) return content;
  if (tag !== octetsInPieces || depth > 4) return null;
  return Buffer.concat(values(content).flatMap((piece) => joined(piece, depth + 1) ?? []));
}

function values(bytes: Buffer | undefined): Value[] {
  const found: Value[] = [];
  for (let value = bytes ? read(bytes) : null; value && found.length < mostPieces; value = read(value.rest))
    found.push(value);
  return found;
}

const mostDepth = 20;

/** One value: tag, length, content. The length may be left open: then two zero bytes end it. */
function read(bytes: Buffer, depth = 0): Value | null {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag === 0 && first === 0) || depth > mostDepth) return null;
  if (first === 0x80) return readOpen(tag, bytes.subarray(2), depth);
  const more = first & 0x7f;
  if (first > 0x80 && (more > 4 || bytes.length < 2 + more)) return null;
  const length = first < 0x80 ? first : bytes.readUIntBE(2, more);
  const start = first < 0x80 ? 2 : 2 + more;
  return { tag, content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}

/** Where the end is missing, everything is taken for its content. */
function readOpen(tag: number, bytes: Buffer, depth: number): Value {
  let rest = bytes;
  for (let n = 0; n < mostPieces; n++) {
    const inner = read(rest, depth + 1);
    if (!inner) break;
    rest = inner.rest;
  }
  const isClosed = rest[0] === 0 && rest[1] === 0;
  const end = isClosed ? bytes.length - rest.length : bytes.length;
  return { tag, content: bytes.subarray(0, end), rest: isClosed ? rest.subarray(2) : rest.subarray(rest.length) };
}
