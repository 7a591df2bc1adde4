import type { RoutingSettings } from './schemas/routing.js';

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
