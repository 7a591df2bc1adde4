import { z } from 'zod';
import { emailAddress } from '../common.js';
import { agent, inbox, me } from '../entities.js';
import { door, nothing } from './door.js';

/** Who works here, and where conversations come in. */
export const staffDoors = {
  'agent.signIn': door(
    'POST /sessions',
    z.strictObject({ email: emailAddress, password: z.string().min(1).max(200) }),
    me,
  ),
  'agent.signOut': door('DELETE /sessions/current', nothing, nothing),
  'agent.me': door('GET /me', nothing, me),
  'agent.list': door('GET /agents', nothing, z.strictObject({ items: z.array(agent) })),
  'inbox.list': door('GET /inboxes', nothing, z.strictObject({ items: z.array(inbox) })),
} as const;
