import { isDeepStrictEqual } from 'node:util';
import { fold } from '@helpline/server/dist/journal/fold.js';
import type { ConversationState, Entry } from '@helpline/server/dist/journal/index.js';
import { type ClientView, keyIn, type ViewedEntry } from '../history.js';
import { isWritten, journals, numberFor, seenBy, textOf } from './facts.js';
import type { Check, Finding } from './finding.js';

/** Convergence: in the end everybody has what the journal has, and so has every stored state. */
export const c6Convergence: Check = (_history, final) => {
  const byConversation = journals(final);
  return [
    ...final.views.flatMap((view) => ofView(view, byConversation.get(view.conv ?? '') ?? [])),
    ...ofStates(byConversation, final.conversations),
  ];
};

function ofView(view: ClientView, journal: Entry[]): Finding[] {
  if (view.conv === null) return [];
  const expected = seenBy(view, journal);
  const differs = view.source === 'dom' ? pageDiffers(view, expected) : listDiffers(view, expected);
  if (differs === null) return [];
  const { proc, conv, source, fresh } = view;
  return [finding('a client does not show what the journal has', { proc, conv, source, fresh, ...differs })];
}

/** Number by number. */
function listDiffers(view: ClientView, expected: Entry[]) {
  const length = Math.max(view.entries.length, expected.length);
  for (let i = 0; i < length; i++) {
    const [has, wanted] = [view.entries[i], expected[i]];
    if (!has || !wanted || !isSame(view, has, wanted))
      return { has, wanted, held: view.entries.length, stored: expected.length };
  }
  return null;
}

function isSame(view: ClientView, has: ViewedEntry, wanted: Entry): boolean {
  if (has.n !== numberFor(view, wanted)) return false;
  if (view.who.kind === 'agent') return has.id === wanted._id && has.text === textOf(wanted);
  return (has.type === 'message') === (wanted.type === 'message') && has.text === textOf(wanted);
}

/** A page shows what was written, from top to bottom. */
function pageDiffers(view: ClientView, expected: Entry[]) {
  const has = view.entries.map(({ text }) => keyIn(text)).filter((key) => key !== undefined);
  const wanted = expected
    .filter(isWritten)
    .map((entry) => keyIn(entry.payload.text))
    .filter((key) => key !== undefined);
  const place = Array.from({ length: Math.max(has.length, wanted.length) }).findIndex((_, i) => has[i] !== wanted[i]);
  return place < 0 ? null : { place, has: has[place], wanted: wanted[place], shown: has.length, stored: wanted.length };
}

function ofStates(byConversation: Map<string, Entry[]>, stored: ConversationState[]): Finding[] {
  const states = new Map(stored.map((state) => [state._id, state]));
  const made = [...byConversation].flatMap(([conv, journal]) => {
    const state = states.get(conv);
    if (!state) return [finding('a conversation has entries and no state', { conv })];
    try {
      const folded = journal.reduce<ConversationState | null>(fold, null);
      return isDeepStrictEqual(folded, state)
        ? []
        : [finding('a stored state is not what its entries make', { conv, stored: state, folded })];
    } catch (error) {
      return [finding('a journal can not be folded', { conv, error: String(error) })];
    }
  });
  const orphans = stored.filter(({ _id }) => !byConversation.has(_id));
  return [...made, ...orphans.map(({ _id }) => finding('a state has no entries', { conv: _id }))];
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C6', what, evidence });
