/**
 * Years of a desk's work, written straight into a database: whole journals, the states that the product's own `fold`
 * makes of them, and the customers. The demo company is not written here: a server adds it when it starts.
 */
import mongoose from 'mongoose';
import { ConversationStore } from '../../packages/server/dist/conversations/store.js';
import { entryVersion } from '../../packages/server/dist/journal/entry.js';
import { foldAll } from '../../packages/server/dist/journal/fold.js';
import { JournalStore } from '../../packages/server/dist/journal/store.js';
import { derivedId, timedId } from '../../packages/server/dist/platform/ids.js';

const workspaceId = 'demo';
const inboxes = [
  { brandId: 'tulip-garden', inboxId: 'tulip-chat' },
  { brandId: 'northlight', inboxId: 'northlight-chat' },
];
const agents = ['ana', 'ben', 'dana'];
const consumers = ['projector', 'routing-slots', 'mail-sender', 'mail-auto-reply', 'uploads-redacted'];
const conversationsOfOneCustomer = 10;
const atOnce = 1000;
const writersAtOnce = 4;
const yearsMs = 3 * 365 * 24 * 3_600_000;

/** A connection without the server's time limits: an index over millions takes longer. */
export async function openForSeeding(uri) {
  const connection = await mongoose.createConnection(uri, { writeConcern: { w: 1 } }).asPromise();
  return { db: connection.db, close: () => connection.close() };
}

/**
 * Seeds `conversations`, of which the last `waiting` wait in the queue and `inHand` before them are with agents; the
 * rest is resolved. What is in work is the same however long the history: a desk's staff does not grow with it.
 * Indexes are made at the end, which takes a fraction of the time. The database must be new.
 */
export async function seedDesk(db, { conversations, waiting = 500, inHand = 1500, say = () => {} }) {
  const began = Date.now();
  const oldest = began - yearsMs;
  const entries = db.collection('entries');
  const kindOf = (i) =>
    i >= conversations - waiting ? 'waiting' : i >= conversations - waiting - inHand ? 'inHand' : 'resolved';
  let next = 0;
  const write = async () => {
    while (next < conversations) {
      const from = next;
      const to = Math.min(conversations, from + atOnce);
      next = to;
      const journals = Array.from({ length: to - from }, (_, k) =>
        journalOf(from + k, kindOf(from + k), new Date(oldest + ((from + k) / conversations) * (yearsMs - 3_600_000))),
      );
      await insert(entries, journals.flat());
      await insert(
        db.collection('conversations'),
        journals.map((journal) => foldAll(null, journal)),
      );
      await insert(db.collection('contacts'), customersOf(from, to, began));
      if (from % 50_000 === 0) say(`seed: ${to} conversations, ${seconds(began)} s`);
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, write));
  say(`seed: written in ${seconds(began)} s, now the indexes`);
  await new JournalStore(db).prepare();
  await new ConversationStore(db).prepare();
  await keepPositions(db);
  say(`seed: ${conversations} conversations in ${seconds(began)} s`);
}

/** Whoever follows the journal has seen all of this: a desk of years is not read from its beginning while it is measured. */
async function keepPositions(db) {
  const { operationTime: time } = await db.command({ ping: 1 });
  await insert(
    db.collection('positions'),
    consumers.map((_id) => ({ _id, time, at: new Date() })),
  );
}

/** The id of the i-th seeded conversation. */
export const seededId = (i) => derivedId('seed', String(i));

function journalOf(i, kind, startedAt) {
  const conversationId = seededId(i);
  const contactId = contactOf(i);
  const agentId = agents[i % agents.length];
  const visitor = { kind: 'visitor', id: contactId };
  const agent = { kind: 'agent', id: agentId, name: agentId };
  const opening = { workspaceId, ...inboxes[i % inboxes.length], teamId: null, contactId, channel: 'chat' };
  const text = `My order ${i} has not arrived yet, could you please check where it is?`;
  const answer = `It left our house on Monday under number ${i} and should be with you tomorrow.`;
  const asked = ['message', 'public', visitor, { channel: 'chat', text, opening }];
  const taken = ['assigned', 'internal', { kind: 'system', id: 'routing' }, { agentId, reason: null }];
  const answered = ['message', 'public', agent, { channel: 'chat', text: answer }];
  const settled = ['status', 'public', agent, { to: 'resolved' }];
  const steps = { waiting: [asked], inHand: [asked, taken, answered], resolved: [asked, answered, settled] }[kind];
  let pub = 0;
  return steps.map(([type, audience, actor, payload], k) => {
    const at = new Date(startedAt.getTime() + k * 60_000);
    if (audience === 'public') pub++;
    const numbers = { conversationId, seq: k + 1, pub };
    const clientId = `seed:${i}:${k}`;
    return {
      _id: timedId(at),
      workspaceId,
      ...numbers,
      audience,
      clientId,
      hash: null,
      v: entryVersion,
      at,
      actor,
      type,
      payload,
    };
  });
}

const contactOf = (i) => derivedId('seed-contact', String(Math.floor(i / conversationsOfOneCustomer)));

function customersOf(from, to, now) {
  const firsts = Array.from({ length: to - from }, (_, k) => from + k).filter(
    (i) => i % conversationsOfOneCustomer === 0,
  );
  return firsts.map((i) => ({
    _id: contactOf(i),
    workspaceId,
    name: `Customer ${i}`,
    identities: [],
    createdAt: new Date(now),
  }));
}

const insert = (collection, documents) =>
  documents.length > 0 && collection.insertMany(documents, { ordered: false, writeConcern: { w: 1, j: false } });

const seconds = (began) => Math.round((Date.now() - began) / 1000);
