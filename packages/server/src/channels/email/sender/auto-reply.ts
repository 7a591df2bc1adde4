import { isOpen } from '../../../calendar/index.js';
import type { Contacts } from '../../../contacts/index.js';
import { acknowledge } from '../../../conversations/index.js';
import type { Consumer, EntryRef, Journal, MessageEntry } from '../../../journal/index.js';
import { beginAutomaticAnswer } from '../manners/begin-automatic-answer.js';
import { answerAddress } from '../manners/may-answer.js';
import { sendingOf } from '../sending-settings.js';
import type { Mailbox, MailStore } from '../store.js';

interface Parts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
}

/** What was written long ago needs no word that somebody will answer soon. */
const freshMs = 60 * 60 * 1000;

/** Tells whoever writes a mail that it arrived, where its mailbox is told to: people only, and once a day. */
export const autoReply = (parts: Parts): Consumer => ({
  name: 'mail-auto-reply',
  wants: ({ type, audience, actor }: EntryRef) =>
    type === 'message' && audience === 'public' && actor.kind === 'contact',
  async handle(refs) {
    const fresh = refs.filter(({ at }) => Date.now() - at.getTime() < freshMs);
    const workspaceId = { $in: [...new Set(fresh.map((ref) => ref.workspaceId))] };
    const answers = { workspaceId, 'sending.autoReply': { $type: 'object' } } as const;
    const mailboxes = fresh.length > 0 ? await parts.store.mailboxes.find(answers).toArray() : [];
    if (mailboxes.length === 0) return;
    for (const entry of await parts.journal.entriesById(fresh.map(({ _id }) => _id)))
      if (entry.type === 'message') await answer(parts, mailboxes, entry);
  },
});

async function answer(parts: Parts, mailboxes: Mailbox[], entry: MessageEntry): Promise<void> {
  const { journal, contacts } = parts;
  const { conversationId, workspaceId, payload, seq } = entry;
  const state = payload.mail && (await journal.state(conversationId));
  const mailbox = state && mailboxes.find((one) => one.workspaceId === workspaceId && one.inboxId === state.inboxId);
  const text = mailbox ? textFor(mailbox, entry) : '';
  const address = answerAddress(payload);
  if (!mailbox || text === '' || (await contacts.refusing(workspaceId, [address])).length > 0) return;
  if ((await beginAutomaticAnswer(parts, entry)) !== null) return;
  const author = { kind: 'system', id: 'helpline', name: mailbox.displayName } as const;
  const envelope = { to: [{ address, name: '' }], cc: [], bcc: [] };
  await acknowledge(journal, { conversationId, author, of: seq, text, envelope });
}

/** While somebody works, only whoever begins a conversation hears that it arrived; else everybody hears that nobody does. */
function textFor(mailbox: Mailbox, { at, payload }: MessageEntry): string {
  const { autoReply } = sendingOf(mailbox);
  if (!autoReply) return '';
  const { hours, whenOpen, whenClosed } = autoReply;
  if (!isOpen(hours, at)) return whenClosed.trim();
  return payload.opening ? whenOpen.trim() : '';
}
