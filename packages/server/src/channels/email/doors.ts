import type { Mailbox as MailboxView, MailServer } from '@helpline/protocol';
import { doorForAgents, type Row } from '../../platform/doors.js';
import { checkSeesBrand } from '../../platform/visibility.js';
import type { EmailChannel } from './email-channel.js';
import { historyOf } from './inbox/old-mail.js';
import { mailboxDoors } from './mailbox-doors.js';
import { signInDoors } from './oauth/doors.js';
import { sendingView } from './sending-settings.js';
import type { Mailbox, ServerAccess } from './store.js';

const seldom = { points: 20, perSeconds: 60 };

export const emailDoors = (email: EmailChannel): Row[] => [
  doorForAgents({
    name: 'mailbox.list',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: { points: 120, perSeconds: 60 },
    run: async (_input, { caller }) => ({ items: (await email.mailboxes(caller.visibility)).map(mailboxView) }),
  }),
  doorForAgents({
    name: 'mailbox.connect',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: async (settings, { caller }) => {
      checkSeesBrand(caller.visibility, settings.brandId);
      return mailboxView(await email.connect(caller.workspaceId, settings));
    },
  }),
  doorForAgents({
    name: 'mailbox.setServers',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: async ({ mailboxId, ...servers }, { caller }) =>
      mailboxView(await email.setServers(caller.visibility, mailboxId, servers)),
  }),
  doorForAgents({
    name: 'mailbox.disconnect',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: async ({ mailboxId }, { caller }) => {
      await email.disconnect(caller.visibility, mailboxId);
      return {};
    },
  }),
  ...signInDoors(email.signIns, async (caller, answer) => mailboxView(await email.finishSignIn(caller, answer))),
  ...mailboxDoors(email),
  doorForAgents({
    name: 'file.link',
    permission: 'conversation.read',
    on: 'conversation',
    rate: { points: 300, perSeconds: 60 },
    run: ({ conversationId, fileId }, { caller }) => email.files.link(caller.workspaceId, conversationId, fileId),
  }),
  doorForAgents({
    name: 'mail.page',
    permission: 'conversation.read',
    on: 'conversation',
    rate: { points: 300, perSeconds: 60 },
    run: ({ conversationId, seq, images }, { caller }) =>
      email.files.page(caller.workspaceId, conversationId, seq, images),
  }),
  doorForAgents({
    name: 'mail.original',
    permission: 'conversation.read',
    on: 'conversation',
    rate: { points: 120, perSeconds: 60 },
    run: ({ conversationId, seq }, { caller }) => email.files.original(caller.workspaceId, conversationId, seq),
  }),
];

const mailboxView = (mailbox: Mailbox): MailboxView => ({
  id: mailbox._id,
  inboxId: mailbox.inboxId,
  address: mailbox.address,
  displayName: mailbox.displayName,
  ...stateOf(mailbox),
  signIn: mailbox.grant ? { provider: mailbox.grant.provider, account: mailbox.grant.account } : null,
  lastFetchedAt: mailbox.lastFetchedAt?.toISOString() ?? null,
  sending: sendingView(mailbox),
  imap: shown(mailbox.imap),
  smtp: shown(mailbox.smtp),
  authservId: mailbox.authservId ?? null,
  history: historyOf(mailbox.folders),
});

function stateOf({ state, detail, sendingDetail, grant }: Mailbox): Pick<MailboxView, 'state' | 'detail'> {
  if (grant?.ended) return { state: 'signed_out', detail: grant.ended };
  return { state: sendingDetail === null ? state : 'failing', detail: detail ?? sendingDetail };
}

/** Without the password. */
const shown = ({ host, port, secure, user }: ServerAccess): MailServer => ({ host, port, secure, user });
