/** How fast it is decided who gets what waits, beside a plain look at all pairs; and how fast a full queue is given out. */

import { setTimeout as sleep } from 'node:timers/promises';
import { ConversationStore } from '../../packages/server/dist/conversations/index.js';
import { Journal } from '../../packages/server/dist/journal/index.js';
import { openDatabase } from '../../packages/server/dist/platform/database.js';
import { createLogger } from '../../packages/server/dist/platform/logger.js';
import { Desk } from '../../packages/server/dist/routing/giving-out/desk.js';
import { inTurn } from '../../packages/server/dist/routing/giving-out/waiting.js';
import { Policies } from '../../packages/server/dist/routing/index.js';
import { choose } from '../../packages/server/dist/routing/policy/policy.js';
import { Staff } from '../../packages/server/dist/staff/index.js';
import { openForSeeding, seedDesk } from '../seed/desk.mjs';
import { compared, measured, median } from './figures.mjs';
import { seedCompany, startNode } from './load.mjs';
import { stop, withMongo } from './processes.mjs';

const workspaceId = 'demo';
const chatsEach = 12;
const rounds = 5;

export const benchRouting = ({ small, repetitions, say }) =>
  withMongo(say, async (mongo) => {
    const large = { agents: 1_000, waiting: 10_000, decisions: small ? 200 : 1_000 };
    const decided = await benchDecisions(mongo, large, say);
    const queue = { agents: 1_000, waiting: small ? 100 : 2_000 };
    const rates = { 1: [], 3: [] };
    for (let i = 0; i < repetitions; i++)
      for (const nodes of [1, 3]) {
        rates[nodes].push(await assignmentsASecond(mongo, queue, nodes));
        say(`routing: ${rates[nodes].at(-1).toFixed(0)} assignments a second, ${nodes} nodes`);
      }
    const [one, three] = [median(rates[1]), median(rates[3])];
    return [
      decided,
      measured('routing.assignments.one-node', 'assignments/s', one),
      compared('routing.assignments.three-nodes-vs-one', 'assignments/s', three, one),
    ];
  });

/** A new desk where so many wait, and so many agents are there, each with room for one more at least. */
async function openDesk(mongo, { agents, waiting }) {
  const { db, close } = await openForSeeding(mongo.uri);
  await db.dropDatabase();
  await seedDesk(db, { conversations: waiting, waiting, inHand: 0 });
  await seedCompany(mongo);
  const ana = await db.collection('agents').findOne({ workspaceId, role: 'agent' });
  const hired = Array.from({ length: agents }, (_, i) => ({
    ...ana,
    _id: `agent-${i}`,
    email: `agent-${i}@bench.example`,
    brandIds: 'all',
    availability: 'available',
    capacity: { chat: chatsEach + (i % 4), email: 2 },
    lastAssignedAt: new Date(i),
  }));
  const seen = { writeConcern: { w: 'majority' } }; // by whoever reads next
  await db.collection('agents').insertMany(hired, seen);
  await db.collection('agents').updateMany({ _id: { $not: /^agent-/ } }, { $set: { availability: 'offline' } }, seen);
  await close();
}

/**
 * A decision as routing makes it: the first in turn from the database, and who gets it, by what is known of the agents.
 * Beside it the plain way: everything that waits and every agent from the database, and every pair of them looked at.
 */
async function benchDecisions(mongo, size, say) {
  await openDesk(mongo, size);
  const { db, close } = await openDatabase(mongo.uri);
  const parts = {
    journal: new Journal(db, createLogger('error')),
    staff: new Staff(db),
    conversations: new ConversationStore(db),
    policies: new Policies(db),
  };
  const desk = new Desk(parts, workspaceId);
  await desk.refresh();
  const ours = [];
  const plain = [];
  for (let round = 0; round < rounds; round++) {
    plain.push(await timed(() => decidePlainly(db)));
    await decide(desk); // in which the rubbish of the plain one would be collected
    for (let i = 0; i < size.decisions / rounds; i++) ours.push(await timed(() => decide(desk)));
  }
  await close();
  const p99 = ours.toSorted((a, b) => a - b)[Math.floor(ours.length * 0.99)];
  say(
    `routing: a decision ${median(ours).toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; plain ${median(plain).toFixed(0)} ms`,
  );
  return compared('routing.decide.p99-vs-plain', 'ms', p99, median(plain), { atMost: 0.02 });
}

async function decide(desk) {
  const now = new Date();
  for await (const conversation of inTurn(desk, now)) {
    const situation = {
      policy: desk.policyOf(conversation),
      now,
      lastAgentId: null,
      full: desk.ceilings.fullFor(conversation),
    };
    const { agentId } = choose(conversation, desk.members, situation);
    if (!agentId) return null;
    desk.took(agentId, conversation);
    return agentId;
  }
  return null;
}

/** What one writes first: for each that waits, whoever of all agents may have it, the least loaded first. */
async function decidePlainly(db) {
  const waiting = await db.collection('conversations').find({ workspaceId, handler: 'queue' }).toArray();
  const agents = await db.collection('agents').find({ workspaceId }).toArray();
  const pairs = [];
  for (const conversation of waiting) {
    const { brandId, teamId, channel } = conversation;
    const able = agents.filter(
      (agent) =>
        agent.availability === 'available' &&
        (agent.brandIds === 'all' || agent.brandIds.includes(brandId)) &&
        (teamId === null || agent.teamIds.includes(teamId)) &&
        agent.used[channel] < agent.capacity[channel],
    );
    able.sort((a, b) => a.used[channel] - b.used[channel] || a.lastAssignedAt - b.lastAssignedAt);
    if (able[0]) pairs.push({ conversation, agent: able[0] });
  }
  pairs.sort((a, b) => a.conversation.waitingSince - b.conversation.waitingSince);
  return pairs[0];
}

async function timed(decision) {
  const began = performance.now();
  if (!(await decision())) throw new Error('Nobody gets anything, though somebody waits and all have room.');
  return performance.now() - began;
}

/** From the first to the last of a queue that waits when the nodes start. */
async function assignmentsASecond(mongo, size, count) {
  await openDesk(mongo, size);
  const { db, close } = await openForSeeding(mongo.uri);
  const nodes = await Promise.all(
    Array.from({ length: count }, () => startNode(mongo, { env: { HELPLINE_AWAY_AFTER: '0' } })),
  );
  const given = () => db.collection('entries').countDocuments({ type: 'assigned' });
  while ((await given()) < size.waiting) await sleep(200);
  const times = await db.collection('entries').find({ type: 'assigned' }).sort({ at: 1 }).project({ at: 1 }).toArray();
  for (const { child } of nodes) await stop(child);
  await close();
  return (size.waiting - 1) / ((times.at(-1).at - times[0].at) / 1000);
}
