import { may, type WorkInterval } from '@helpline/protocol';
import type { Journal } from '../journal/index.js';
import { type AgentCaller, doorForAgents, type Row } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';
import { canSee, type Visibility } from '../platform/visibility.js';
import { agentView, meView } from './rules.js';
import type { Staff } from './staff.js';
import type { StaffMember } from './store.js';

const seldom = { points: 60, perSeconds: 60 };
const looking = { points: 120, perSeconds: 60 };

export const presenceDoors = (staff: Staff, journal: Journal): Row[] => [
  doorForAgents({
    name: 'agent.setAvailability',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    run: async ({ availability, reasonId }, { caller }) =>
      meView(await staff.setAvailability(caller.agentId, availability, { reasonId })),
  }),
  doorForAgents({
    name: 'agent.setAvailabilityOf',
    permission: 'staff.supervise',
    on: 'nothing',
    rate: seldom,
    async run({ agentId, availability, reasonId }, { caller: { workspaceId, agentId: id, name, visibility } }) {
      checkSharesBrand(visibility, await staff.member(workspaceId, agentId));
      const by = id === agentId ? ({ kind: 'self' } as const) : ({ kind: 'supervisor', id, name } as const);
      return agentView(await staff.setAvailability(agentId, availability, { by, reasonId }));
    },
  }),
  doorForAgents({
    name: 'agent.availabilityIntervals',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    async run({ agentId, from, to }, { caller }) {
      const member = await lookedInto(staff, caller, agentId);
      return { items: await staff.availability.intervals(member, new Date(from), new Date(to)) };
    },
  }),
  doorForAgents({
    name: 'agent.workIntervals',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    async run({ agentId, from, to }, { caller }) {
      const member = await lookedInto(staff, caller, agentId);
      const items = await staff.work.of(member._id, new Date(from), new Date(to));
      return { items: await withoutHidden(journal, caller.visibility, items) };
    },
  }),
  doorForAgents({
    name: 'availabilityReason.list',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    run: async (_input, { caller }) => ({ items: await staff.reasons.all(caller.workspaceId) }),
  }),
  doorForAgents({
    name: 'availabilityReason.add',
    permission: 'staff.supervise',
    on: 'nothing',
    rate: seldom,
    run: (reason, { caller }) => staff.reasons.add(caller.workspaceId, reason),
  }),
  doorForAgents({
    name: 'availabilityReason.remove',
    permission: 'staff.supervise',
    on: 'nothing',
    rate: seldom,
    async run({ reasonId }, { caller }) {
      await staff.reasons.remove(caller.workspaceId, reasonId);
      return {};
    },
  }),
  doorForAgents({
    name: 'conversation.lookedAt',
    permission: 'conversation.read',
    on: 'conversation',
    rate: looking,
    async run({ conversationId, how }, { caller, connection }) {
      const { workspaceId, agentId, sessionId } = caller;
      const kind =
        how === 'left' ? null : await staff.availability.kindOfWork(agentId, conversationId, how === 'focused');
      await staff.work.told({ agentId, workspaceId, tab: connection?.id ?? sessionId, conversationId, kind });
      return {};
    },
  }),
];

/** Throws `forbidden` for who works for other brands only. */
function checkSharesBrand({ brandIds }: Visibility, { brandIds: his }: StaffMember): void {
  if (brandIds === 'all' || his === 'all' || his.some((id) => brandIds.includes(id))) return;
  throw new DeskError('forbidden', { detail: 'This is about brands that are not yours.' });
}

/** One's own days are open to everybody, others' to who supervises them. Throws `forbidden`, `not_found`. */
async function lookedInto(staff: Staff, caller: AgentCaller, agentId: string): Promise<StaffMember> {
  if (agentId !== caller.agentId && !may(caller.role, 'staff.supervise')) throw new DeskError('forbidden');
  return staff.member(caller.workspaceId, agentId);
}

/** How long is told of all; on what, only of what the reader may see. */
async function withoutHidden(journal: Journal, visibility: Visibility, items: WorkInterval[]): Promise<WorkInterval[]> {
  const ids = new Set(items.flatMap(({ conversationId }) => conversationId ?? []));
  const visible = (await journal.newest([...ids])).filter((state) => canSee(visibility, state));
  const shown = new Set<string | null>(visible.map(({ _id }) => _id));
  return items.map((item) => (shown.has(item.conversationId) ? item : { ...item, conversationId: null }));
}
