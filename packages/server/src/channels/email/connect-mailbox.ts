import type { MailboxSettings } from '@helpline/protocol';
import type { ImapFlow } from 'imapflow';
import { normalAddress } from '../../contacts/index.js';
import { isDuplicateKey } from '../../platform/database.js';
import { DeskError } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';
import type { Workspaces } from '../../workspaces/index.js';
import { explain } from './explain.js';
import { withInbox } from './inbox/imap.js';
import { passwordPlace, placeOf, type Reach, type ReachableServer } from './reach.js';
import { openSmtp } from './sender/smtp-session.js';
import type { Mailbox, MailStore } from './store.js';
import { say } from './texts.js';

interface Parts {
  store: MailStore;
  workspaces: Workspaces;
  reach: Reach;
}

type Settings = MailboxSettings['imap'];

const tryMs = 20_000;

/** Tries both servers, then keeps the mailbox: from now on every new mail in it is taken in. Throws `mailbox_unreachable`, `already_done`. */
export async function connectMailbox(parts: Parts, workspaceId: string, settings: MailboxSettings): Promise<Mailbox> {
  const { store, workspaces, reach } = parts;
  const { brandId, displayName, imap, smtp } = settings;
  const address = normalAddress(settings.address);
  await workspaces.brand(workspaceId, brandId);
  if (await store.mailboxes.findOne({ workspaceId, address })) throw alreadyConnected(address);
  const { cursor, oldUntil } = await tryServers(reach, imap, smtp);
  // Connected again later, it is the same mailbox: what was taken in before stays known.
  const _id = derivedId('mailbox', workspaceId, address);
  const inboxId = derivedId('mail-inbox', workspaceId, address);
  const seal = ({ password, ...server }: Settings, protocol: 'imap' | 'smtp') => ({
    ...server,
    password: reach.secrets.seal(password, passwordPlace(_id, protocol)),
  });
  const mailbox: Mailbox = {
    _id,
    workspaceId,
    brandId,
    inboxId,
    address,
    displayName,
    imap: seal(imap, 'imap'),
    smtp: seal(smtp, 'smtp'),
    cursor,
    oldUntil,
    state: 'connecting',
    detail: null,
    sendingDetail: null,
    lastFetchedAt: null,
    fetcher: 0,
    connectedAt: new Date(),
  };
  const inbox = { _id: inboxId, workspaceId, brandId, teamId: null, name: displayName, allowedOrigins: [] };
  await workspaces.addInbox({ ...inbox, channel: 'email' });
  try {
    await store.mailboxes.insertOne(mailbox);
  } catch (error) {
    throw isDuplicateKey(error) ? alreadyConnected(address) : error;
  }
  return mailbox;
}

const alreadyConnected = (address: string): DeskError =>
  new DeskError('already_done', { detail: say('mailbox.connected_already', { address }) });

async function tryServers(reach: Reach, imap: Settings, smtp: Settings): Promise<Pick<Mailbox, 'cursor' | 'oldUntil'>> {
  const [inbox, outbox] = await Promise.allSettled([
    inTime((signal) => tryImap(reach, imap, signal)),
    inTime(() => trySmtp(reach, smtp)),
  ]);
  if (inbox.status === 'fulfilled' && outbox.status === 'fulfilled') return inbox.value;
  const errors = [
    ...(inbox.status === 'rejected' ? [problem('imap', inbox.reason, imap)] : []),
    ...(outbox.status === 'rejected' ? [problem('smtp', outbox.reason, smtp)] : []),
  ];
  throw new DeskError('mailbox_unreachable', { detail: errors.map(({ detail }) => detail).join(' '), errors });
}

/** Somebody waits for the answer, so a server that says nothing must not keep him. */
function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(tryMs);
  const tooLate = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error('The server did not answer.'), { code: 'ETIMEDOUT' });
    signal.addEventListener('abort', () => reject(error), { once: true });
  });
  return Promise.race([tooLate, work(signal)]);
}

/** Where the new mail will begin. */
async function tryImap(
  reach: Reach,
  settings: Settings,
  signal: AbortSignal,
): Promise<Pick<Mailbox, 'cursor' | 'oldUntil'>> {
  const server = await reachable(reach, settings);
  const findEnd = async (client: ImapFlow) => {
    if (!client.mailbox) throw new Error('The account has no INBOX.');
    const { uidValidity, uidNext, exists } = client.mailbox;
    const newest = (exists > 0 && (await client.fetchOne('*', { uid: true, internalDate: true }))) || null;
    const last = Math.max(uidNext ? uidNext - 1 : 0, newest?.uid ?? 0);
    const oldUntil = newest?.internalDate ? new Date(newest.internalDate) : null;
    return { cursor: { uidValidity: String(uidValidity), lastUid: last, rescanBelow: 0 }, oldUntil };
  };
  return withInbox(server, findEnd, signal);
}

async function trySmtp(reach: Reach, settings: Settings): Promise<void> {
  (await openSmtp(await reachable(reach, settings))).quit();
}

const reachable = async (reach: Reach, settings: Settings): Promise<ReachableServer> => ({
  ...settings,
  ...(await placeOf(settings.host, reach.allowPrivate)),
});

function problem(protocol: 'imap' | 'smtp', error: unknown, server: Settings) {
  const { field, words } = explain(error, server);
  return { pointer: `/${protocol}/${field}`, detail: `${protocol.toUpperCase()}: ${words}` };
}
