import type { MailboxSettings, MailServer } from '@helpline/protocol';
import { normalAddress } from '../../contacts/index.js';
import { isDuplicateKey } from '../../platform/database.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import type { Workspaces } from '../../workspaces/index.js';
import { beginFolder } from './inbox/begin-folder.js';
import { withInbox } from './inbox/imap.js';
import { type Login, passwordPlace, placeOf, type Reach, type ReachableServer } from './reach.js';
import { openSmtp } from './sender/smtp-session.js';
import type { Folder, Grant, Mailbox, MailStore, ServerAccess } from './store.js';
import { say } from './texts.js';
import { inTime, unreachable } from './unreachable.js';

export interface ConnectParts {
  store: MailStore;
  workspaces: Workspaces;
  reach: Reach;
}

type Settings = MailServer & Login;

/** Both servers with a password each, or with the tokens of a sign-in and what of it is kept. */
export interface MailServers {
  imap: Settings;
  smtp: Settings;
  grant?: Grant;
  /** Left out it stays as it is; null is learned. */
  authservId?: string | null | undefined;
}

type NewMailbox = Omit<MailboxSettings, 'imap' | 'smtp' | 'authservId'> & MailServers;

/** Tries both servers, then keeps the mailbox: from now on every new mail in it is taken in. Throws `mailbox_unreachable`, `already_done`. */
export async function connectMailbox(parts: ConnectParts, workspaceId: string, settings: NewMailbox): Promise<Mailbox> {
  const { store, workspaces, reach } = parts;
  const { brandId, displayName, imap, smtp, grant, historyDays = 0 } = settings;
  const address = normalAddress(settings.address);
  await checkNew(parts, workspaceId, settings);
  const inboxFolder = await tryServers(reach, imap, smtp, historyDays);
  const _id = mailboxIdOf(workspaceId, address);
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
    ...(grant ? { grant } : {}),
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

/** Throws `not_found` for another workspace's brand, `already_done`. */
export async function checkNew(
  { store, workspaces }: Pick<ConnectParts, 'store' | 'workspaces'>,
  workspaceId: string,
  settings: Pick<MailboxSettings, 'brandId' | 'address'>,
): Promise<void> {
  const address = normalAddress(settings.address);
  await workspaces.brand(workspaceId, settings.brandId);
  if (await store.mailboxes.findOne({ workspaceId, address })) throw alreadyConnected(address);
}

/** Connected again later, it is the same mailbox: what was taken in before stays known. */
export const mailboxIdOf = (workspaceId: string, address: string): string =>
  derivedId('mailbox', workspaceId, normalAddress(address));

/**
 * Tries both servers, then uses them for a mailbox that is connected already, which goes on where it stopped: nothing is
 * lost while a password was wrong. Throws `mailbox_unreachable`.
 */
export async function setServers(
  { store, reach }: Pick<ConnectParts, 'store' | 'reach'>,
  visibility: Visibility,
  mailboxId: string,
  { imap, smtp, grant, authservId }: MailServers,
): Promise<Mailbox> {
  const mine = { _id: mailboxId, ...visibleFilter(visibility) };
  if (!(await store.mailboxes.findOne(mine))) throw notFound();
  await tryServers(reach, imap, smtp, 0);
  const servers = {
    imap: seal(reach, mailboxId, 'imap', imap),
    smtp: seal(reach, mailboxId, 'smtp', smtp),
    ...(grant ? { grant } : {}),
    ...(authservId ? { authservId } : {}),
    state: 'connecting' as const,
    detail: null,
    sendingDetail: null,
    connectedAt: new Date(), // the worker is started anew with them
  };
  const gone = { ...(grant ? {} : { grant: 1 as const }), ...(authservId === null ? { authservId: 1 as const } : {}) };
  const change = { $set: servers, ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}) };
  const changed = await store.mailboxes.findOneAndUpdate(mine, change, { returnDocument: 'after' });
  if (!changed) throw notFound();
  const refused = { mailboxId, state: 'queued' as const, tries: { $gt: 0 } };
  await store.deliveries.updateMany(refused, { $set: { dueAt: new Date() } }); // or they would wait for up to an hour
  return changed;
}

function seal(reach: Reach, mailboxId: string, protocol: 'imap' | 'smtp', settings: Settings): ServerAccess {
  const { host, port, secure, user } = settings;
  const place = passwordPlace(mailboxId, protocol);
  const password = 'password' in settings ? reach.secrets.seal(settings.password, place) : null;
  return { host, port, secure, user, password };
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
    ...(inbox.status === 'rejected' ? [{ protocol: 'imap' as const, error: inbox.reason, server: told(imap) }] : []),
    ...(outbox.status === 'rejected' ? [{ protocol: 'smtp' as const, error: outbox.reason, server: told(smtp) }] : []),
  ]);
}

const told = (server: Settings) => ({ ...server, byToken: 'accessToken' in server });

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
