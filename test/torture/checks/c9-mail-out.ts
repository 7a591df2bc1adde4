import type { Entry } from '@helpline/server/dist/journal/index.js';
import { grouped } from '@helpline/server/dist/platform/grouped.js';
import { keyIn } from '../history.js';
import { textOf } from './facts.js';
import type { FinalState, SinkMail } from './final-state.js';
import type { Check, Finding } from './finding.js';

type Delivery = FinalState['deliveries'][number];

/** Mail out: each answer went out once; or not, and that is to be seen; or nobody knows, and then all copies are one mail. */
export const c9MailOut: Check = (_history, final) => {
  const copies = grouped(final.sink, ({ key }) => key ?? '');
  const entries = new Map(final.entries.map((entry) => [entry._id, entry]));
  const planned = grouped(final.deliveries, ({ entryId }) => entryId);
  return [
    ...final.deliveries.flatMap((delivery) => {
      const entry = entries.get(delivery.entryId);
      const key = (entry && keyIn(textOf(entry))) ?? '';
      return ofDelivery(delivery, copies.get(key) ?? [], final);
    }),
    ...[...copies].flatMap(ofCopies),
    ...final.entries
      .filter((entry) => isAnswerByMail(entry) && !planned.has(entry._id))
      .map((entry) => finding('nobody cares for an answer that goes by mail', entry)),
    ...unseenOutcomes(final),
  ];
};

const isAnswerByMail = (entry: Entry): boolean =>
  entry.type === 'message' && entry.actor.kind === 'agent' && entry.payload.channel === 'email';

function ofDelivery(delivery: Delivery, copies: SinkMail[], { readAtWall }: FinalState): Finding[] {
  const taken = copies.filter(({ accepted }) => accepted).length;
  const wrong = judge(delivery, taken, readAtWall);
  const foreign = copies.find(({ messageId }) => messageId !== delivery.messageId);
  return [
    ...(wrong ? [finding(wrong, { delivery, taken })] : []),
    ...(foreign ? [finding('a mail went out under another Message-ID than was kept', { delivery, foreign })] : []),
  ];
}

/** What speaks against the delivery, given how many copies the sink took. */
function judge({ state, dueAt, lease }: Delivery, taken: number, now: Date): string | null {
  if (state === 'sent') return taken === 1 ? null : 'an answer that counts as sent did not go out once';
  if (state === 'failed' || state === 'not_needed' || state === 'called_back')
    return taken === 0 ? null : 'an answer went out that counts as not sent';
  if (state === 'unknown' || state === 'bounced') return null;
  const isUnderWay = state === 'queued' ? dueAt > now : lease !== null && lease > now;
  if (!isUnderWay) return 'an answer was never brought to an end';
  return taken > 1 ? 'an answer went out more than once' : null;
}

function ofCopies([key, copies]: [string, SinkMail[]]): Finding[] {
  const ids = new Set(copies.map(({ messageId }) => messageId));
  return key !== '' && ids.size > 1 ? [finding('one answer went out under several Message-IDs', { key, copies })] : [];
}

/** What became of an answer stands in its conversation. */
function unseenOutcomes({ deliveries, entries }: FinalState): Finding[] {
  const told = new Set(
    entries.flatMap((entry) =>
      entry.type === 'delivery' ? [`${entry.conversationId} ${entry.payload.of} ${entry.payload.state}`] : [],
    ),
  );
  return deliveries
    .filter(({ state }) => state === 'sent' || state === 'failed' || state === 'unknown')
    .filter(({ conversationId, seq, state }) => !told.has(`${conversationId} ${seq} ${state}`))
    .map((delivery) => finding('the outcome of an answer is not to be seen', delivery));
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C9', what, evidence });
