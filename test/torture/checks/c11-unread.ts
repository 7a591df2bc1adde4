import { isCustomer } from '@helpline/server/dist/journal/entry.js';
import type { Entry } from '@helpline/server/dist/journal/index.js';
import { journals } from './facts.js';
import type { Check, Finding } from './finding.js';

/** Unread: a visitor who comes back has as many unread messages as stand after his pointer; nobody's pointer is ahead of all. */
export const c11Unread: Check = (_history, final) => {
  const byConversation = journals(final);
  const seen = new Map(final.seen.map((pointer) => [pointer._id, pointer]));
  const positionIn = (conv: string) => seen.get(`${conv}:customer`)?.position ?? 0;
  return [
    ...final.views.flatMap(({ proc, conv, fresh, unread }) => {
      if (!fresh || conv === null || unread === undefined) return [];
      const expected = unreadAfter(positionIn(conv), byConversation.get(conv) ?? []);
      return expected === unread ? [] : [finding('a visitor is told another number', { proc, conv, unread, expected })];
    }),
    ...final.seen.flatMap((pointer) => {
      const last = byConversation.get(pointer._id.slice(0, pointer._id.indexOf(':')))?.at(-1);
      return pointer.seq <= (last?.seq ?? 0) ? [] : [finding('somebody has seen what is not there', { pointer, last })];
    }),
  ];
};

const unreadAfter = (position: number, journal: Entry[]): number =>
  journal.filter(
    ({ type, audience, pub, actor }) =>
      type === 'message' && audience === 'public' && pub > position && !isCustomer(actor),
  ).length;

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C11', what, evidence });
