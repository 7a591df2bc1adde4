import type { Database } from '../platform/database.js';
import { DeskError } from '../platform/errors.js';
import type { StaffStore } from './store.js';

type Session = ReturnType<Database['client']['startSession']>;

/**
 * Makes a change to the staff, unless the workspace would have no admin by it. Two at once count one after the other:
 * both write to the workspace's guard, so that two admins can't dismiss each other.
 */
export function keepingAnAdmin<T>(
  { db, agents, guards }: StaffStore,
  workspaceId: string,
  change: (session: Session) => Promise<T>,
): Promise<T> {
  return db.client.withSession((session) =>
    session.withTransaction(async () => {
      await guards.updateOne({ _id: workspaceId }, { $inc: { changes: 1 } }, { upsert: true, session });
      const changed = await change(session);
      const admin = await agents.findOne({ workspaceId, role: 'admin', leftAt: { $exists: false } }, { session });
      if (!admin) throw new DeskError('unprocessable', { detail: 'Somebody has to remain an administrator.' });
      return changed;
    }),
  );
}
