import { once } from 'node:events';
import { type MimeNode, Splitter, type SplitterChunk } from '@zone-eu/mailsplit';
import { limits, MailLimitError } from '../limits.js';

/** Splits a mail into its nodes, parents first, each with its bytes as they came. Mails in the mail stay whole. */
export async function splitMime(head: Buffer, body: Buffer): Promise<Map<MimeNode, Buffer>> {
  const splitter = new Splitter({ ignoreEmbedded: true, maxChildNodes: limits.parts });
  splitter.write(head);
  splitter.end(body);
  const nodes = new Map<MimeNode, Buffer[]>();
  splitter.on('data', (chunk: SplitterChunk) => {
    if (chunk.type === 'node') nodes.set(chunk, []);
    else nodes.get(chunk.node)?.push(chunk.value);
  });
  await once(splitter, 'end').catch((error: unknown) => {
    throw limitPassed(error);
  });
  return new Map([...nodes].map(([node, pieces]) => [node, joined(pieces)]));
}

/** Mostly one piece: a view of the mail, not a copy. */
function joined(pieces: Buffer[]): Buffer {
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}

/** The splitter fails for two reasons only, told apart by its words: too many nodes, or headers over 1 MB. */
function limitPassed(error: unknown): MailLimitError {
  const detail = error instanceof Error ? error.message : String(error);
  return new MailLimitError(/nodes/.test(detail) ? 'too_many_parts' : 'too_large', detail);
}
