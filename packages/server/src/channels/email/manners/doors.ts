import { doorForAgents, type Row } from '../../../platform/doors.js';
import { notFound } from '../../../platform/errors.js';
import type { MailStore } from '../store.js';
import { deleteSuspended, listSuspended, releaseSuspended } from './suspended.js';

const often = { points: 240, perSeconds: 60 };

export const suspendedDoors = (store: MailStore): Row[] => [
  doorForAgents({
    name: 'suspended.list',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: (_input, { caller }) => listSuspended(store, caller.visibility),
  }),
  doorForAgents({
    name: 'suspended.release',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: async ({ mailId }, { caller }) => {
      if ((await releaseSuspended(store, caller.visibility, [mailId])) === 0) throw notFound();
      return {};
    },
  }),
  doorForAgents({
    name: 'suspended.releaseMany',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: async ({ mailIds }, { caller }) => ({
      released: await releaseSuspended(store, caller.visibility, mailIds),
    }),
  }),
  doorForAgents({
    name: 'suspended.delete',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: often,
    run: async ({ mailId }, { caller }) => {
      await deleteSuspended(store, caller.visibility, mailId, caller.name);
      return {};
    },
  }),
];
