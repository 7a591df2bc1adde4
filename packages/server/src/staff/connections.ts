import type { Collection, Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';

/** A live connection of somebody who is signed in; all tabs of one browser share a session. */
export interface Connected {
  agentId: string;
  sessionId: string;
}

/** Who is connected to one node, as it said last. */
interface NodeConnections {
  _id: string;
  here: Connected[];
  at: Date;
}

const sayAgainMs = 10_000;
/** A node that has said nothing for so long is dead, and nobody is connected to it. */
const believedMs = 30_000;
const keptSeconds = 300;

/** Who is connected to which node: each says it when it changes, and now and then. All his tabs and devices are one presence. */
export class Connections {
  readonly #nodes: Collection<NodeConnections>;
  readonly #node = newId();
  #said = '';
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(db: Database) {
    this.#nodes = db.collection<NodeConnections>('nodeConnections');
  }

  async prepare(): Promise<void> {
    await this.#nodes.createIndex({ at: 1 }, { expireAfterSeconds: keptSeconds });
  }

  /** These are all connections to this node. */
  async areHere(connected: readonly Connected[]): Promise<void> {
    const agentOf = new Map(connected.map(({ sessionId, agentId }) => [sessionId, agentId]));
    const here = [...agentOf].map(([sessionId, agentId]) => ({ agentId, sessionId }));
    const saying = JSON.stringify(here.map(({ sessionId }) => sessionId).toSorted());
    const asked = performance.now();
    if (saying === this.#said && asked - this.#saidAt < sayAgainMs) return;
    if (saying !== this.#said || !(await this.#isStillSo())) await this.#say(here);
    this.#said = saying;
    this.#saidAt = asked;
  }

  /** Whether what was said last is still there to be said again. */
  async #isStillSo(): Promise<boolean> {
    const said = await this.#nodes.updateOne({ _id: this.#node }, [{ $set: { at: '$$NOW' } }]);
    return said.matchedCount === 1;
  }

  async #say(here: Connected[]): Promise<void> {
    const said = [{ $set: { here: { $literal: here }, at: '$$NOW' } }];
    await this.#nodes.updateOne({ _id: this.#node }, said, { upsert: true });
  }

  /** The node ends. */
  async nobodyIsHere(): Promise<void> {
    await this.#nodes.deleteOne({ _id: this.#node });
  }

  /** Who is connected to any node. */
  async everybody(): Promise<string[]> {
    const nodes = await this.#nodes.find(believed, { projection: { 'here.agentId': 1 } }).toArray();
    return [...new Set(nodes.flatMap(({ here }) => here.map(({ agentId }) => agentId)))];
  }

  async isElsewhere({ agentId, sessionId }: Connected): Promise<boolean> {
    const other = { here: { $elemMatch: { agentId, sessionId: { $ne: sessionId } } } };
    return (await this.#nodes.findOne({ ...believed, ...other }, { projection: { _id: 1 } })) !== null;
  }
}

const believed = { $expr: { $gt: ['$at', { $subtract: ['$$NOW', believedMs] }] } };
