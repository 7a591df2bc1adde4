import { doorForAgents, type Row } from '../../platform/doors.js';
import type { EmailChannel } from './email-channel.js';

const often = { points: 120, perSeconds: 60 };
/** Each opens a connection to a mail server. */
const costly = { points: 20, perSeconds: 60 };

/** What can be asked and told about one mailbox. */
export const mailboxDoors = ({ folders, ledger, files }: EmailChannel): Row[] => [
  doorForAgents({
    name: 'mailbox.folders',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: costly,
    run: async ({ mailboxId }, { caller }) => ({ items: await folders.list(caller.visibility, mailboxId) }),
  }),
  doorForAgents({
    name: 'mailbox.watchFolders',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: costly,
    run: async ({ mailboxId, paths }, { caller }) => ({
      items: await folders.watch(caller.visibility, mailboxId, paths),
    }),
  }),
  doorForAgents({
    name: 'mailbox.ledger',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: ({ mailboxId, ...which }, { caller }) => ledger.page(caller.visibility, mailboxId, which),
  }),
  doorForAgents({
    name: 'mailbox.compare',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: costly,
    run: async ({ mailboxId }, { caller }) => ({ items: await ledger.compare(caller.visibility, mailboxId) }),
  }),
  doorForAgents({
    name: 'mailbox.rawMail',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: async ({ mailboxId, lineId }, { caller }) =>
      files.ofLedger(await ledger.rawFileId(caller.visibility, mailboxId, lineId)),
  }),
  doorForAgents({
    name: 'mailbox.retry',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: async ({ mailboxId, lineId }, { caller }) => {
      await ledger.retry(caller.visibility, mailboxId, lineId);
      return {};
    },
  }),
];
