import type { MimeNode } from '@zone-eu/mailsplit';
import libmime from 'libmime';
import { limits, MailLimitError } from '../limits.js';
import { extendedName } from './file-name.js';
import { decodeFields, header, type MimeHeader } from './headers.js';
import { findHidden } from './hidden-parts.js';
import { splitHead } from './split-head.js';
import { splitMime } from './split-mime.js';
import { decodeTransfer } from './transfer.js';

/** One node of a mail. */
export interface MimePart {
  headers: MimeHeader[];
  type: string;
  parameters: Map<string, string>;
  disposition: string;
  /** As the sender named it: not yet safe as a file name. */
  filename: string | null;
  contentId: string | null;
  encoding: string;
  /** Decoded; empty if there are children. */
  body: Buffer;
  children: MimePart[];
}

/** Reads the tree of a raw mail. Rejects with MailLimitError only. */
export async function parseMime(raw: Buffer): Promise<MimePart> {
  if (raw.length > limits.mailBytes) throw new MailLimitError('too_large', `the mail has ${raw.length} bytes`);
  const { head, body } = splitHead(raw);
  const root = await readTree(head, body, { left: mostMends });
  const parts = [...walkParts(root)].length;
  if (parts > limits.parts) throw new MailLimitError('too_many_parts', `the mail has ${parts} parts`);
  return root;
}

/** Every node, parents before children, in the order of the mail. */
export function* walkParts(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.children) yield* walkParts(child);
}

/** How many broken multiparts of a mail are read once more. */
const mostMends = 3;

interface Mends {
  left: number;
}

/** Hangs every part below its parent; what is nested too deep, below the last parent that is not. */
async function readTree(head: Buffer, body: Buffer, mends: Mends): Promise<MimePart> {
  const nodes = await splitMime(head, body);
  const parents = new Set([...nodes.keys()].map((node) => node.parentNode));
  const places: Places = new Map();
  for (const [node, raw] of nodes) {
    const above = places.get(node.parentNode);
    if (above && above.depth + 1 >= limits.depth && parents.has(node)) {
      places.set(node, above);
      continue;
    }
    const part = describe(node);
    above?.part.children.push(part);
    places.set(node, { part, depth: above ? above.depth + 1 : 0 });
    if (!parents.has(node)) await fill(part, { node, raw }, places, mends);
  }
  const [root] = places.values();
  if (!root) throw new Error('the splitter gave no part');
  return root.part;
}

type Places = Map<unknown, { part: MimePart; depth: number }>;

function describe(node: MimeNode): MimePart {
  const headers = node.headers ? decodeFields(node.headers) : [];
  return {
    headers,
    type: /^[^\s/]+\/[^\s;(]+/.exec(node.contentType || '')?.[0] ?? 'text/plain',
    parameters: new Map(Object.entries(libmime.parseHeaderValue(header(headers, 'content-type') ?? '').params)),
    disposition: node.disposition || '',
    filename: extendedName(header(headers, 'content-disposition')) ?? (node.filename || null),
    contentId: header(headers, 'content-id')?.replace(/^<|>$/g, '') || null,
    encoding: node.encoding || '',
    body: Buffer.alloc(0),
    children: [],
  };
}

/** Gives a part without children its bytes, and finds the parts a wrong or missing boundary hid in them. */
async function fill(part: MimePart, { node, raw }: Leaf, places: Places, mends: Mends): Promise<void> {
  const hidden = mends.left > 0 ? findHidden(node, raw) : null;
  part.body = decodeTransfer(raw.subarray(0, hidden?.at), part.encoding);
  if (!hidden) return;
  mends.left--;
  const head = Buffer.from(`Content-Type: multipart/mixed; boundary="${hidden.boundary}"\r\n\r\n`);
  const { children } = await readTree(head, raw.subarray(hidden.at), mends);
  (places.get(hidden.owner)?.part ?? part).children.push(...children);
}

interface Leaf {
  node: MimeNode;
  raw: Buffer;
}
