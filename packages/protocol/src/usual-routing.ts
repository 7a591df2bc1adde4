import type { Priority, RoutingSettings } from './schemas/routing.js';

/** Each comes before those in front of it. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[];

/** What routing does where nobody has said anything. */
export const usualRouting: RoutingSettings = {
  strategy: 'balanced',
  offerSeconds: null,
  stickyHours: null,
  skills: [],
  anybodyAfterSeconds: null,
  overflow: [],
  hours: null,
  whenClosed: { kind: 'queue' },
  priority: 'normal',
  pendingCounts: true,
  wrapUpSeconds: 0,
  ceilings: { chat: null, email: null },
};
