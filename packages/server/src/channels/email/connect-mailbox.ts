import type { MailboxSettings } from '@helpline/protocol';
import { normalAddress } from '../../contacts/index.js';
import { isDuplicateKey } from '../../platform/database.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import type { Workspaces } from '../../workspaces/index.js';
import { beginFolder } from './inbox/begin-folder.js';
import { withInbox } from './inbox/imap.js';
import { passwordPlace, placeOf, type Reach, type ReachableServer } from './reach.js';
import { openSmtp } from './sender/smtp-session.js';
import type { Folder, Mailbox, MailStore } from './store.js';
import { say } from './texts.js';
import { inTime, unreachable } from './unreachable.js';

interface Parts {
  store: MailStore;
  workspaces: Workspaces;
  reach: Reach;
}

type Settings = MailboxSettings['imap'];
export type MailServers = Pick<MailboxSettings, 'imap' | 'smtp'>;

/** Tries both servers, then keeps the mailbox: from now on every new mail in it is taken in. Throws `mailbox_unreachable`, `already_done`. */
export async function connectMailbox(parts: Parts, workspaceId: string, settings: MailboxSettings): Promise<Mailbox> {
  const { store, workspaces, reach } = parts;
  const { brandId, displayName, imap, smtp, historyDays = 0 } = settings;
  const address = normalAddress(settings.address);
  await workspaces.brand(workspaceId, brandId);
  if (await store.mailboxes.findOne({ workspaceId, address })) throw alreadyConnected(address);
  const inboxFolder = await tryServers(reach, imap, smtp, historyDays);
  // Connected again later, it is the same mailbox: what was taken in before stays known.
  const _id = derivedId('mailbox', workspaceId, address);
  const inboxId = derivedId('mail-inbox', workspaceId, address);
  const mailbox: Mailbox = {
    _id,
    workspaceId,
    brandId,
    inboxId,
    address,
    displayName,
    imap: seal(reach, _id, 'imap', imap),
    smtp: seal(reach, _id, 'smtp', smtp),
    folders: [inboxFolder],
    ...(settings.authservId ? { authservId: settings.authservId } : {}),
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

/**
 * Tries both servers, then uses them for a mailbox that is connected already, which goes on where it stopped: nothing is
 * lost while a password was wrong. Throws `mailbox_unreachable`.
 */
export async function setServers(
  { store, reach }: Pick<Parts, 'store' | 'reach'>,
  visibility: Visibility,
  mailboxId: string,
  { imap, smtp }: MailServers,
): Promise<Mailbox> {
  const mine = { _id: mailboxId, ...visibleFilter(visibility) };
  if (!(await store.mailboxes.findOne(mine))) throw notFound();
  await tryServers(reach, imap, smtp, 0);
  const servers = {
    imap: seal(reach, mailboxId, 'imap', imap),
    smtp: seal(reach, mailboxId, 'smtp', smtp),
    state: 'connecting' as const,
    detail: null,
    sendingDetail: null,
    connectedAt: new Date(), // the worker is started anew with them
  };
  const changed = await store.mailboxes.findOneAndUpdate(mine, { $set: servers }, { returnDocument: 'after' });
  if (!changed) throw notFound();
  return changed;
}

function seal(reach: Reach, mailboxId: string, protocol: 'imap' | 'smtp', { password, ...server }: Settings) {
  return { ...server, password: reach.secrets.seal(password, passwordPlace(mailboxId, protocol)) };
}

const alreadyConnected = (address: string): DeskError =>
  new DeskError('already_done', { detail: say('mailbox.connected_already', { address }) });

async function tryServers(reach: Reach, imap: Settings, smtp: Settings, historyDays: number): Promise<Folder> {
  const [inbox, outbox] = await Promise.allSettled([
    inTime((signal) => tryImap(reach, imap, historyDays, signal)),
    inTime(() => trySmtp(reach, smtp)),
  ]);
  if (inbox.status === 'fulfilled' && outbox.status === 'fulfilled') return inbox.value;
  throw unreachable([
    ...(inbox.status === 'rejected' ? [{ protocol: 'imap' as const, error: inbox.reason, server: imap }] : []),
    ...(outbox.status === 'rejected' ? [{ protocol: 'smtp' as const, error: outbox.reason, server: smtp }] : []),
  ]);
}

async function tryImap(reach: Reach, settings: Settings, historyDays: number, signal: AbortSignal): Promise<Folder> {
  return withInbox(await reachable(reach, settings), (client) => beginFolder(client, historyDays), signal);
}

async function trySmtp(reach: Reach, settings: Settings): Promise<void> {
  (await openSmtp(await reachable(reach, settings))).quit();
}

const reachable = async (reach: Reach, settings: Settings): Promise<ReachableServer> => ({
  ...settings,
  ...(await placeOf(settings.host, reach.allowPrivate)),
});
