import type { HistoryRecord } from '../history.js';
import { acts, entriesByKey, isWriting, journals, streamOf, type WrittenEntry } from './facts.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Order: of the numbers themselves, of what each client receives and shows, and of who wrote after whom. */
export const c5Order: Check = (history, final) => [
  ...numbers(final),
  ...received(history),
  ...shown(history, final),
  ...afterAcknowledged(history, final),
  ...ofEachWriter(history, final),
];

/** 1, 2, 3… without a gap, `pub` counts the public ones, and time never goes back. */
function numbers(final: FinalState): Finding[] {
  return [...journals(final)].flatMap(([conv, entries]) => {
    let pub = 0;
    let at = 0;
    return entries.flatMap((entry, i) => {
      pub += entry.audience === 'public' ? 1 : 0;
      const wrong = [
        ...(entry.seq === i + 1 ? [] : ['the numbers of a conversation have a gap']),
        ...(entry.pub === pub ? [] : ["the visitor's numbers do not count the public entries"]),
        ...(entry.at.getTime() >= at ? [] : ['an entry is older than the one before it']),
      ];
      at = entry.at.getTime();
      return wrong.map((what) => finding(what, { conv, seq: entry.seq, pub: entry.pub, at: entry.at }));
    });
  });
}

/** Each client gets ever higher numbers. */
function received(history: readonly HistoryRecord[]): Finding[] {
  const last = new Map<string, number>();
  return history
    .filter(({ f }) => f === 'recv')
    .flatMap((record) => {
      const stream = streamOf(record);
      const before = last.get(stream) ?? 0;
      const number = record.seq ?? record.pub ?? 0;
      last.set(stream, Math.max(number, before));
      return number > before ? [] : [finding('a client received entries out of order', { record, before })];
    });
}

/** What a page shows at any time is in the order of the journal; what is not (or not yet) in the journal does not count. */
function shown(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const byKey = entriesByKey(final);
  return history.flatMap((record) => {
    const entries = (record.keys ?? []).flatMap((key) => byKey.get(key)?.slice(0, 1) ?? []);
    const wrong = entries.find(({ conversationId, seq }, i) => {
      const before = entries[i - 1];
      return before?.conversationId === conversationId && before.seq > seq;
    });
    return wrong ? [finding('a page showed messages out of order', { record, wrong })] : [];
  });
}

/** Whoever writes after an acknowledgement gets a higher number than what was acknowledged. */
function afterAcknowledged(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const byKey = entriesByKey(final);
  const acknowledged = new Map<string, WrittenEntry>();
  return history.filter(isWriting).flatMap((record) => {
    const [entry] = byKey.get(record.key ?? '') ?? [];
    if (!entry) return [];
    const newest = acknowledged.get(entry.conversationId);
    if (record.type === 'ok' && entry.seq > (newest?.seq ?? 0)) acknowledged.set(entry.conversationId, entry);
    if (record.type !== 'invoke' || !newest || newest.seq < entry.seq) return [];
    if (newest._id === entry._id) return []; // its own retry
    return [
      finding('a message stands before one that was acknowledged before it was written', { record, entry, newest }),
    ];
  });
}

/** Of what one client wrote into one conversation, the later stands later. */
function ofEachWriter(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const byKey = entriesByKey(final);
  const last = new Map<string, WrittenEntry>();
  return acts(history).flatMap(({ invoke, end }) => {
    const [entry] = byKey.get(invoke.key ?? '') ?? [];
    if (!isWriting(invoke) || !entry || end?.type === 'fail') return [];
    const stream = streamOf({ ...invoke, conv: entry.conversationId });
    const before = last.get(stream);
    last.set(stream, entry);
    return !before || before.seq < entry.seq || before._id === entry._id
      ? []
      : [finding("a writer's messages changed places", { before, entry, invoke })];
  });
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C5', what, evidence });
