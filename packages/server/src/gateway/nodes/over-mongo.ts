import { createAdapter } from '@socket.io/mongo-adapter';
import type { Database } from '../../platform/database.js';
import type { Carrier } from './nodes.js';

const keptSeconds = 60;

/** Over MongoDB, by the Mongo adapter: for a house without Redis. Slower, and each message is written and followed. */
export async function overMongo(db: Database): Promise<Carrier> {
  const hints = db.collection('nodeHints', { writeConcern: { w: 1 } });
  await hints.createIndex({ createdAt: 1 }, { expireAfterSeconds: keptSeconds });
  return {
    name: 'mongo',
    adapter: createAdapter(hints, { addCreatedAtField: true }),
    gatherMs: 20,
    connected: () => true, // as much as the database itself, which is looked after elsewhere
    async close() {},
  };
}
