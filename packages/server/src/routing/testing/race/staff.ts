import type { Database } from '../../../platform/database.js';
import { callerOf } from '../../../staff/rules.js';
import type { StaffMember } from '../../../staff/store.js';
import type { RaceNode } from './nodes.js';

export const workspaceId = 'shop';
const brands = ['tulips', 'north', 'roses'];
const teams = ['sales', 'repairs'];

/** Where a conversation comes in: a brand's, and perhaps a team's. */
export const placeOf = (i: number) => ({
  brandId: brands[i % brands.length] ?? '',
  teamId: i % 4 === 0 ? (teams[i % teams.length] ?? null) : null,
});

/** People of all kinds: of one brand or all, of a team, trainees, and such as take only so many at once. */
export async function hire({ app }: RaceNode, db: Database, count: number): Promise<StaffMember[]> {
  const first = {
    _id: 'ana',
    name: 'Ana',
    email: 'ana@shop.example',
    password: 'a-long-password',
    role: 'agent',
  } as const;
  for (const _id of teams) await app.workspaces.addTeam({ _id, workspaceId, name: _id });
  await app.staff.add({ ...first, workspaceId, brandIds: 'all', teamIds: [], capacity: { chat: 3, email: 2 } });
  const agents = db.collection<StaffMember>('agents');
  const [ana] = await agents.find({ _id: 'ana' }).toArray();
  if (!ana) throw new Error('nobody was hired');
  const others = Array.from(
    { length: count - 1 },
    (_, i): StaffMember => ({
      ...ana,
      _id: `agent-${i}`,
      email: `agent-${i}@shop.example`,
      brandIds: i % 3 === 0 ? 'all' : [brands[i % brands.length] ?? ''],
      teamIds: i % 2 === 0 ? [teams[i % teams.length] ?? ''] : [],
      isTrainee: i % 5 === 0,
      atOnce: i % 7 === 0 ? 2 : null,
      capacity: { chat: 1 + (i % 4), email: i % 3 },
    }),
  );
  await agents.insertMany(others);
  return agents.find({ workspaceId }).toArray();
}

export const callerFor = (member: StaffMember) => callerOf(member, `session of ${member._id}`);

/** As the rules of the house say it, told once more: his limit of a channel, and in all. */
export function mayHave({ capacity, isTrainee, atOnce }: StaffMember, channel: 'chat' | 'email') {
  const own = capacity[channel];
  return { own: isTrainee ? own - Math.floor(own / 2) : own, inAll: atOnce ?? Number.POSITIVE_INFINITY };
}
