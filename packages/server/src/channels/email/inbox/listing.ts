import { setImmediate as others } from 'node:timers/promises';
import type { FetchMessageObject, FetchQueryObject, ImapFlow, SearchObject } from 'imapflow';

const inOneTurn = 16;

/**
 * What the server gives of these mails. imapflow works through all that came in one packet in one turn, which may be
 * hundreds of mails; here others have their turn between some of them.
 */
export async function fetchInTurns(
  client: ImapFlow,
  uids: string,
  query: FetchQueryObject,
): Promise<FetchMessageObject[]> {
  const mails: FetchMessageObject[] = [];
  for await (const mail of client.fetch(uids, { ...query, uid: true }, { uid: true })) {
    mails.push(mail);
    if (mails.length % inOneTurn === 0) await others();
  }
  return mails;
}

/** The UIDs of the mails searched for, in order. As ranges, where the server can: a list of thousands takes long to read. */
export async function findUids(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = (await client.search(query, { uid: true, returnOptions: ['ALL'] })) || [];
  const uids = Array.isArray(found) ? found : expand(found.all ?? '', client.mailbox ? client.mailbox.exists : 0);
  return uids.sort((a, b) => a - b);
}

/** Pure. The numbers of ranges as in `1:3,7`; no more than there can be, whatever a server says. */
export function expand(ranges: string, most: number): number[] {
  const numbers: number[] = [];
  for (const [, first, last] of ranges.matchAll(/(\d+)(?::(\d+))?/g)) {
    const ends = [Number(first), Number(last ?? first)];
    for (let n = Math.min(...ends); n <= Math.max(...ends) && numbers.length < most; n++) numbers.push(n);
  }
  return numbers;
}
