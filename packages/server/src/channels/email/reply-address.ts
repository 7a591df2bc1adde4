import { createHmac, timingSafeEqual } from 'node:crypto';

/** 16 bytes of the conversation's id and 10 that nobody else can make, in letters that survive any change of case. */
const pattern = /\+c\.([a-z2-7]{42})@[^@]+$/;

/** The mailbox's address with a tag by which an answer finds its conversation whatever becomes of its headers. */
export function makeReplyAddress(key: Buffer, mailbox: string, conversationId: string): string | null {
  const id = Buffer.from(conversationId.replaceAll('-', ''), 'hex');
  const at = mailbox.lastIndexOf('@');
  const isTagged = mailbox.slice(0, at).includes('+');
  if (id.length !== 16 || at < 1 || at > 64 - '+c.'.length - 42 || isTagged) return null;
  return `${mailbox.slice(0, at)}+c.${base32(Buffer.concat([id, sign(key, id)]))}${mailbox.slice(at)}`;
}

/** Null for every address that is not ours. */
export function readReplyAddress(key: Buffer, address: string): string | null {
  const bytes = fromBase32(pattern.exec(address.toLowerCase())?.[1] ?? '');
  if (bytes.length !== 26) return null;
  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(bytes.subarray(16), sign(key, id))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const sign = (key: Buffer, id: Buffer): Buffer =>
  createHmac('sha256', key).update('reply-address\0').update(id).digest().subarray(0, 10);

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
