import type { Mailbox as MailboxView } from '@helpline/protocol';
import { type AgentCaller, doorForAgents, type Row } from '../../../platform/doors.js';
import { checkSeesBrand } from '../../../platform/visibility.js';
import type { SignIns } from './sign-ins.js';

const seldom = { points: 20, perSeconds: 60 };

/** Signing in at a mailbox's provider. `finish` connects the mailbox with the answer. */
export const signInDoors = (
  signIns: SignIns,
  finish: (caller: AgentCaller, answer: string) => Promise<MailboxView>,
): Row[] => [
  doorForAgents({
    name: 'mailbox.signInProviders',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: { points: 120, perSeconds: 60 },
    run: async () => ({ items: signIns.providers }),
  }),
  doorForAgents({
    name: 'mailbox.signIn',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: async (settings, { caller }) => {
      checkSeesBrand(caller.visibility, settings.brandId);
      return { url: await signIns.begin(caller, settings) };
    },
  }),
  doorForAgents({
    name: 'mailbox.signInAgain',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: async ({ mailboxId, provider }, { caller }) => ({
      url: await signIns.beginAgain(caller, mailboxId, provider),
    }),
  }),
  doorForAgents({
    name: 'mailbox.finishSignIn',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: seldom,
    run: ({ answer }, { caller }) => finish(caller, answer),
  }),
];
