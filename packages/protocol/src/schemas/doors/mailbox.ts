import { z } from 'zod';
import { limits } from '../../limits.js';
import { emailAddress, id } from '../common.js';
import {
  folderCount,
  ledgerPage,
  ledgerState,
  mailbox,
  mailFolder,
  mailServer,
  sendingSettings,
  signInProvider,
  suspendedMail,
} from '../entities.js';
import { door, link, nothing } from './door.js';

const server = mailServer.extend({ password: z.string().min(1).max(1000) });
const authservId = z.string().min(1).max(255).toLowerCase();
const mailboxSettings = z.strictObject({
  brandId: id,
  address: emailAddress,
  displayName: z.string().min(1).max(100),
  imap: server,
  smtp: server,
  /** Mail of so many days before now is taken in too, without automatic answers. */
  historyDays: z.int().min(0).max(limits.mailHistoryDays).optional(),
  /** How the server that checks senders names itself in Authentication-Results; left out, Helpline learns it. */
  authservId: authservId.optional(),
});
/** The same for a mailbox into which somebody signs in at its provider. */
const mailboxSignIn = mailboxSettings.omit({ imap: true, smtp: true }).extend({ provider: signInProvider });
const dkimName = z
  .string()
  .regex(/^[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?$/i, 'is not a name of the domain name system');
const newSendingSettings = sendingSettings.extend({
  displayName: z.string().min(1).max(100),
  dkim: z
    .strictObject({
      domain: dkimName,
      selector: dkimName,
      /** PEM. Left out, the key that is there stays. */
      privateKey: z.string().max(10_000).optional(),
    })
    .nullable(),
});
export type NewSendingSettings = z.infer<typeof newSendingSettings>;
export type MailboxSettings = z.infer<typeof mailboxSettings>;
export type MailboxSignIn = z.infer<typeof mailboxSignIn>;
export type MailServerSettings = z.infer<typeof server>;

const ofMailbox = z.strictObject({ mailboxId: id });

/** The mailboxes, and what they held back. */
export const mailboxDoors = {
  'mailbox.list': door('GET /mailboxes', nothing, z.strictObject({ items: z.array(mailbox) })),
  'mailbox.connect': door('POST /mailboxes', mailboxSettings, mailbox),
  'mailbox.setSending': door(
    'PUT /mailboxes/:mailboxId/sending',
    newSendingSettings.extend({ mailboxId: id }),
    nothing,
  ),
  'mailbox.setServers': door(
    'PUT /mailboxes/:mailboxId/servers',
    /** `authservId` left out stays as it is; null is learned. */
    ofMailbox.extend({ imap: server, smtp: server, authservId: authservId.nullish() }),
    mailbox,
  ),
  /** The providers at which one can sign in for a mailbox. */
  'mailbox.signInProviders': door(
    'GET /mailboxes/sign-ins/providers',
    nothing,
    z.strictObject({ items: z.array(signInProvider) }),
  ),
  /** Gives the provider's page, which sends the browser back to the console with an answer. */
  'mailbox.signIn': door('POST /mailboxes/sign-ins', mailboxSignIn, z.strictObject({ url: z.string() })),
  /** The same for a mailbox that is connected: after its provider has let Helpline in no more, or instead of its password. */
  'mailbox.signInAgain': door(
    'POST /mailboxes/:mailboxId/sign-ins',
    ofMailbox.extend({ provider: signInProvider }),
    z.strictObject({ url: z.string() }),
  ),
  /** `answer`: the query that the provider added to our address. Each is good once. */
  'mailbox.finishSignIn': door(
    'POST /mailboxes/sign-ins/answers',
    z.strictObject({ answer: z.string().min(1).max(8_000) }),
    mailbox,
  ),
  'mailbox.folders': door(
    'GET /mailboxes/:mailboxId/folders',
    ofMailbox,
    z.strictObject({ items: z.array(mailFolder) }),
  ),
  'mailbox.watchFolders': door(
    'PUT /mailboxes/:mailboxId/folders',
    ofMailbox.extend({ paths: z.array(z.string().min(1).max(255)).max(20) }),
    z.strictObject({ items: z.array(mailFolder) }),
  ),
  'mailbox.ledger': door(
    'GET /mailboxes/:mailboxId/ledger',
    ofMailbox.extend({ state: ledgerState.optional(), cursor: z.string().max(200).optional() }),
    ledgerPage,
  ),
  'mailbox.compare': door(
    'POST /mailboxes/:mailboxId/comparisons',
    ofMailbox,
    z.strictObject({ items: z.array(folderCount) }),
  ),
  'mailbox.rawMail': door('POST /mailboxes/:mailboxId/ledger/:lineId/links', ofMailbox.extend({ lineId: id }), link),
  'mailbox.retry': door('POST /mailboxes/:mailboxId/ledger/:lineId/retries', ofMailbox.extend({ lineId: id }), nothing),
  'mailbox.disconnect': door('DELETE /mailboxes/:mailboxId', z.strictObject({ mailboxId: id }), nothing),
  'suspended.list': door(
    'GET /suspended-mails',
    nothing,
    z.strictObject({ items: z.array(suspendedMail), total: z.int() }),
  ),
  'suspended.release': door('POST /suspended-mails/:mailId/release', z.strictObject({ mailId: id }), nothing),
  /** Those of them that are still held back. */
  'suspended.releaseMany': door(
    'POST /suspended-mails/releases',
    z.strictObject({ mailIds: z.array(id).min(1).max(100) }),
    z.strictObject({ released: z.int() }),
  ),
  'suspended.delete': door('DELETE /suspended-mails/:mailId', z.strictObject({ mailId: id }), nothing),
} as const;
