import type { Consumer, Journal } from '../journal/index.js';
import type { Staff } from '../staff/index.js';
import type { Policies } from './policy/policies.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  policies: Policies;
}

const longestMs = 60 * 60_000;

/** Who resolved his conversation has some time to himself, where its policy says so; must not be missed, so it follows the journal. */
export const wrapUps = ({ journal, staff, policies }: Parts): Consumer => ({
  name: 'wrap-up',
  wants: ({ type, actor, at }) => type === 'status' && actor.kind === 'agent' && Date.now() - at.getTime() < longestMs,
  async handle(refs) {
    for (const entry of await journal.entriesById(refs.map(({ _id }) => _id))) {
      if (entry.type !== 'status' || entry.payload.to !== 'resolved') continue;
      const { conversationId, workspaceId, seq, at, actor } = entry;
      const conversation = await journal.state(conversationId, seq);
      if (conversation?.lastAssigneeId !== actor.id) continue;
      const { settings } = (await policies.ofWorkspace(workspaceId))(conversation);
      const until = new Date(at.getTime() + settings.wrapUpSeconds * 1_000);
      if (until > new Date()) await staff.availability.wrapUp(actor.id, conversationId, at, until);
    }
  },
});
