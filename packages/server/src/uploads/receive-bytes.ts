import type { Readable } from 'node:stream';
import { DeskError } from '../platform/errors.js';
import { headBytes } from './type-of.js';

/** What comes, with its first bytes known before the rest is there. */
export interface Coming {
  head: Buffer;
  /** Everything, the head too. Throws `too_large` at the first byte too many, `bad_request` if bytes are missing at the end. */
  content: AsyncIterable<Buffer>;
}

/** Reads so much of a file as says what it is. Whoever sends it has said that it has `size` bytes. */
export async function receiveBytes(body: Readable, size: number): Promise<Coming> {
  const pieces = piecesOf(body, size);
  const first: Buffer[] = [];
  let length = 0;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length >= headBytes) break;
  }
  const head = Buffer.concat(first);
  return { head: head.subarray(0, headBytes), content: all(head, pieces) };
}

async function* piecesOf(body: Readable, size: number): AsyncGenerator<Buffer, void, void> {
  let length = 0;
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > size) throw new DeskError('too_large', { detail: `The file was said to have ${size} bytes.` });
      yield piece;
    }
  } catch (error) {
    throw error instanceof DeskError ? error : incomplete(length, size); // the sender went away
  }
  if (length < size) throw incomplete(length, size);
}

async function* all(head: Buffer, rest: AsyncGenerator<Buffer, void, void>): AsyncGenerator<Buffer, void, void> {
  yield head;
  yield* rest;
}

const incomplete = (length: number, size: number): DeskError =>
  new DeskError('bad_request', { detail: `Only ${length} of ${size} bytes came.` });
