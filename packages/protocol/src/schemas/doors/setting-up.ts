import { z } from 'zod';
import { id, instant } from '../common.js';
import { inbox } from '../entities.js';
import { businessHours, routingOf, routingSettings, team } from '../routing.js';
import { door, nothing } from './door.js';

const teamSettings = team.omit({ id: true }).extend({ name: z.string().trim().min(1).max(60) });

/** Settings as they stand: a workspace without any of its own has the usual ones. */
const setRouting = z.strictObject({ of: routingOf, version: z.int(), settings: routingSettings });
export type SetRouting = z.infer<typeof setRouting>;

/** Departments, and how what waits is given out. */
export const settingUpDoors = {
  'team.list': door('GET /teams', nothing, z.strictObject({ items: z.array(team) })),
  'team.add': door('POST /teams', teamSettings, team),
  'team.update': door('PUT /teams/:teamId', teamSettings.extend({ teamId: id }), team),
  /** Refused as long as an inbox, a conversation or another's settings are for it. */
  'team.remove': door('DELETE /teams/:teamId', z.strictObject({ teamId: id }), nothing),
  /** What comes in there from now on is the team's. */
  'inbox.setTeam': door('PUT /inboxes/:inboxId/team', z.strictObject({ inboxId: id, teamId: id.nullable() }), inbox),
  'routing.list': door('GET /routing', nothing, z.strictObject({ items: z.array(setRouting) })),
  'routing.set': door('PUT /routing', z.strictObject({ of: routingOf, settings: routingSettings }), setRouting),
  /** From now on the wider settings hold again. */
  'routing.unset': door('POST /routing/unset', z.strictObject({ of: routingOf }), nothing),
  /** What hours come to, before they are set. */
  'routing.previewHours': door(
    'POST /routing/hours-previews',
    z.strictObject({ hours: businessHours }),
    /** When it closes if it is open now, or opens; null for never. */
    z.strictObject({ isOpen: z.boolean(), changesAt: instant.nullable() }),
  ),
} as const;
