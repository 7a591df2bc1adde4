import type { Actor } from '@helpline/protocol';
import { DeskError, notFound } from '../platform/errors.js';
import type { Append, Appended } from './append.js';
import type { Entry } from './entry.js';
import type { JournalStore } from './store.js';

/**
 * Takes what somebody wrote out of an entry for good, and appends a `redacted` entry that tells everyone to drop it.
 * Repeating the call finishes what a crash interrupted. Throws `not_found`, or `unprocessable` for an entry without text.
 */
export async function redact(
  store: JournalStore,
  append: (request: Append) => Promise<Appended>,
  conversationId: string,
  seq: number,
  actor: Actor,
): Promise<Appended> {
  const target = await store.bySeq(conversationId, seq);
  if (!target) throw notFound();
  if (!saysSomething(target)) throw new DeskError('unprocessable', { detail: 'This entry has no text.' });
  await store.blank(target._id);
  const { audience } = target;
  const payload = { of: seq, ofPub: audience === 'public' ? target.pub : null };
  return append({
    conversationId,
    clientId: `system:redact:${seq}`,
    body: payload,
    kind: 'fact', // the text is gone already, so nothing may keep this from being told
    rule: () => ({ type: 'redacted', audience, actor, payload }),
  });
}

/** Something that a person wrote. What is taken out already still counts: a repetition finishes it. */
function saysSomething({ type, payload }: Entry): boolean {
  if (type === 'message' || type === 'note') return true;
  const wordGoesAlong = type === 'assigned' || type === 'transferred' || type === 'follow_up';
  return wordGoesAlong && 'text' in payload;
}
