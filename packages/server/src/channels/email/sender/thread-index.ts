import { createHash } from 'node:crypto';

/** Enough for forty answers; what answers a longer one is put beside it. */
const bytesAtMost = 22 + 5 * 40;

export interface Thread {
  conversationId: string;
  /** When its first message was written. */
  began: Date;
  /** The Thread-Index of the mail that is answered, if it has one. */
  answered: string | undefined;
  /** It is the first mail of its conversation. */
  isFirst: boolean;
}

/** Pure. What Outlook puts a mail of ours to the others by. */
export function threadIndexOf({ conversationId, began, answered, isFirst }: Thread, date: Date): string {
  const before = answered ? Buffer.from(answered, 'base64') : beginning(conversationId, began);
  const isEnough = isFirst || before.length + 5 > bytesAtMost;
  return (isEnough ? before : Buffer.concat([before, step(before, date)])).toString('base64');
}

/** Six bytes of its time, and sixteen of its own. */
function beginning(conversationId: string, began: Date): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(fileTime(began));
  return Buffer.concat([time.subarray(0, 6), createHash('sha256').update(conversationId).digest().subarray(0, 16)]);
}

/** How much later than the beginning: in steps of 26 ms, or of 0.8 s after 1.7 years. */
function step(before: Buffer, date: Date): Buffer {
  const since = fileTime(date) - ((before.readBigUInt64BE() >> 16n) << 16n);
  const later = since > 0n ? since : 0n;
  const isLong = later >> 49n > 0n;
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(Number((later >> (isLong ? 23n : 18n)) & 0x7fffffffn) + (isLong ? 0x80000000 : 0));
  return bytes;
}

/** As Windows counts: in steps of a hundred nanoseconds, since 1601. */
const fileTime = (date: Date): bigint => (BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n;
