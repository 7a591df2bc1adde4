import { createHash } from 'node:crypto';
import { normalAddress } from '../../../contacts/index.js';
import type { Entry } from '../../../journal/index.js';
import { attachReport } from '../manners/attach-report.js';
import { holdLoop, judgeFlood } from '../manners/hold-back.js';
import { readMessageId } from '../message-id.js';
import { isOwnAddress } from '../own-address.js';
import type { ReadMail } from '../read/types.js';
import type { Chosen, LedgerLine, Mailbox, MailStore } from '../store.js';
import { append } from './append.js';
import type { Arrival, TakeInParts } from './arrival.js';
import { authorOf, isAddress } from './author.js';
import { choose } from './choose.js';
import { fromOwnGroup } from './own-group.js';
import { passedOn } from './passed-on.js';
import { type Read, readOrHead } from './read-or-head.js';
import { steadyId } from './steady-id.js';
import { bareSubject } from './subject.js';

/**
 * One mail's way from its ledger line into a conversation. Broken off anywhere it may be run again: what it made is
 * found under the same ids, and what it decided stands on the line.
 */
export async function takeIn(parts: TakeInParts, mailbox: Mailbox, line: LedgerLine): Promise<void> {
  const read = await readLine(parts, line);
  if (read) await takeInRead(parts, mailbox, line, read);
}

/** The first half, which needs no other mail. Null if there is nothing to read; then the line says so. */
export async function readLine(parts: TakeInParts, line: LedgerLine): Promise<Read | null> {
  const { blobs, justFetched, reader, store } = parts;
  const raw = justFetched?.take(line.rawFileId) ?? (await blobs.get(line.rawFileId))?.content;
  if (raw) return readOrHead(reader, line, raw);
  await store.settle(line, { state: 'failed', reason: 'The raw mail is gone.' });
  return null;
}

/** The second half. Mails that have anything in common come here in the order of their mailbox. */
export async function takeInRead(parts: TakeInParts, mailbox: Mailbox, line: LedgerLine, read: Read): Promise<void> {
  const { store } = parts;
  const own = await store.ownAddresses(mailbox.workspaceId);
  const mail = fromOwnGroup(read.mail, own);
  const arrival: Arrival = { mailbox, line, read, mail, key: keyOf(mail, read.raw), own, sender: authorOf(mail, own) };
  const { sender, key } = arrival;
  if (!isPlain(parts.hmacKey, arrival)) {
    if (!(await store.claimKey(line, key))) return store.settle(line, copyOf(key));
    if (await endsHere(parts, arrival)) return;
  }
  const chosen = line.chosen ?? (await choose(parts, arrival));
  const judged = await judgeFlood(parts, line, mail, sender, chosen);
  const standing = await keep(store, arrival, chosen, judged);
  if (!standing) return store.settle(line, copyOf(key));
  if (standing !== chosen) return takeInAsDecided(parts, mailbox, line, read);
  if (judged?.state === 'suspended') return;
  const entry = await append(parts, arrival, chosen);
  await remember(parts, arrival, chosen, entry);
  if (chosen.proves && sender) await parts.contacts.prove(chosen.contactId, sender.address, 'mail_reply');
  if (mail.class === 'human' && chosen.authenticity !== 'failed' && sender)
    await parts.contacts.clearUndeliverable(mailbox.workspaceId, sender.address);
  await store.settle(line, { state: 'received', reason: null, entryId: entry._id });
}

const copyOf = (key: string) =>
  ({ state: 'ignored', reason: 'A copy of a mail that was taken in before.', copyOf: key }) as const;

/** Most mails can only end in a conversation: that they are no copies is found when it is written where they go. */
const isPlain = (hmacKey: Buffer, { mail, sender }: Arrival): boolean =>
  sender !== null &&
  mail.loopMarks.length === 0 &&
  !mail.bounce &&
  !mail.complaint &&
  !readMessageId(hmacKey, mail.messageId ?? '');

/** Whether a mail ends without a conversation; its line says why. */
async function endsHere(parts: TakeInParts, { mailbox, line, mail, key, own, sender }: Arrival): Promise<boolean> {
  const { store, hmacKey } = parts;
  const leaveOut = async (reason: string) => {
    await store.settle(line, { state: 'ignored', reason });
    return true;
  };
  if (mail.messageId && readMessageId(hmacKey, mail.messageId)) return leaveOut('A mail that Helpline sent itself.');
  if (await holdLoop(parts, mailbox, line, mail)) return true;
  if (await attachReport(parts, mailbox, line, mail, key)) return true;
  return !sender && isOwnAddress(own, mail.from?.address ?? '') && leaveOut('Sent from one of the own mailboxes.');
}

/** Writes down what was decided before anything follows from it. Gives what stands; null if the mail is a copy. */
async function keep(
  store: MailStore,
  { line, key }: Arrival,
  chosen: Chosen,
  judged: Partial<LedgerLine> | null,
): Promise<Chosen | null> {
  if (!line.chosen) return store.choose(line, key, chosen, judged ?? {});
  if (judged) await store.change(line, judged);
  return chosen;
}

/** What another holder of the lease decided stands. */
async function takeInAsDecided(parts: TakeInParts, mailbox: Mailbox, { _id }: LedgerLine, read: Read): Promise<void> {
  const line = await parts.store.ledger.findOne({ _id, state: 'fetched' });
  if (line) await takeInRead(parts, mailbox, line, read);
}

/** Some senders repeat a Message-ID, so author and date count too. */
function keyOf(mail: ReadMail, raw: Buffer): string {
  const hash = createHash('sha256');
  if (!mail.messageId) return hash.update(raw).digest('base64url');
  return hash.update(JSON.stringify([mail.messageId, mail.from?.address, mail.date])).digest('base64url');
}

/** From now on an answer to this mail, by anybody who wrote or got it, finds its conversation. */
async function remember({ store }: TakeInParts, arrival: Arrival, chosen: Chosen, entry: Entry): Promise<void> {
  const { mailbox, mail } = arrival;
  const messageId = steadyId(mail.messageId ?? `<${entry._id}@without.id>`);
  const subject = bareSubject(chosen.agent?.does === 'passes_on' ? passedOn(mail).subject : mail.subject);
  await store.remember({
    _id: `${mailbox._id}:${messageId}`,
    workspaceId: mailbox.workspaceId,
    mailboxId: mailbox._id,
    messageId,
    conversationId: entry.conversationId,
    entryId: entry._id,
    seq: entry.seq,
    direction: 'in',
    ...(subject ? { subject } : {}),
    people: peopleOf(arrival, chosen),
  });
}

/** Everybody who takes part from now on. Who is not who he says brings nobody with him, and an agent is no customer. */
function peopleOf({ mail, sender, own }: Arrival, { agent, authenticity }: Chosen): string[] {
  const isPassedOn = agent?.does === 'passes_on';
  const { from, to, cc } = isPassedOn ? passedOn(mail) : mail;
  const author = isPassedOn ? from : agent ? null : sender;
  const got = authenticity === 'failed' ? [] : [...to, ...cc].slice(0, 40);
  const people = [...(author ? [author] : []), ...got].map(({ address }) => normalAddress(address));
  const agents = isPassedOn && sender ? [normalAddress(sender.address)] : [];
  return [...new Set(people)].filter(
    (address) => isAddress(address) && !isOwnAddress(own, address) && !agents.includes(address),
  );
}
