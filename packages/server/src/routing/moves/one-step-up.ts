import type { Priority } from '@helpline/protocol';

const next: Record<Priority, Priority> = { low: 'normal', normal: 'high', high: 'urgent', urgent: 'urgent' };

/** What a VIP's conversation is worth in place of this. */
export const oneStepUp = (priority: Priority): Priority => next[priority];
