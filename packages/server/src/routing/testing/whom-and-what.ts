import type { Eligible, Waits } from '../policy/policy.js';

/** An agent of the shop who is there and has nothing in hand. */
export const anAgent = (_id: string, more: Partial<Eligible> = {}): Eligible => ({
  _id,
  workspaceId: 'shop',
  role: 'agent',
  brandIds: 'all',
  teamIds: [],
  availability: 'available',
  capacity: { chat: 2, email: 5 },
  used: { chat: 0, email: 0 },
  atOnce: null,
  isTrainee: false,
  skills: [],
  lastAssignedAt: new Date(0),
  ...more,
});

/** A chat that anybody of the tulips may have. */
export const aChat: Waits = {
  workspaceId: 'shop',
  brandId: 'tulips',
  inboxId: 'tulips',
  teamId: null,
  channel: 'chat',
  skills: [],
  waitingSince: new Date(0),
  passedBy: [],
  passedAt: null,
  lastAssigneeId: null,
};
