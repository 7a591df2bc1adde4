import { z } from 'zod';
import { limits } from '../../limits.js';
import { emailAddress, id } from '../common.js';
import { person, personSettings } from '../people.js';
import { door, nothing } from './door.js';

const ofPerson = z.strictObject({ agentId: id });
/** Shown this once; whoever signs in with it is asked for one of his own. */
const withPassword = z.strictObject({ person, password: z.string() });

/** Who works here, and what each may and can do. */
export const peopleDoors = {
  'agent.people': door('GET /people', nothing, z.strictObject({ items: z.array(person) })),
  'agent.add': door('POST /people', personSettings.extend({ email: emailAddress }), withPassword),
  /** What he may no longer see of what is his goes back to the queue. */
  'agent.update': door('PUT /people/:agentId', personSettings.extend({ agentId: id }), person),
  /** He is signed out everywhere, and what is his goes back to the queue. */
  'agent.deactivate': door('POST /people/:agentId/deactivation', ofPerson, person),
  'agent.reactivate': door('DELETE /people/:agentId/deactivation', ofPerson, withPassword),
  'agent.resetPassword': door('POST /people/:agentId/passwords', ofPerson, withPassword),
  /** One's own; whoever else is signed in as him is so no more. */
  'agent.setPassword': door(
    'PUT /me/password',
    z.strictObject({
      current: z.string().min(1).max(200),
      password: z.string().min(limits.passwordCharacters).max(200),
    }),
    nothing,
  ),
} as const;
