import type { Collection, Database } from '../platform/database.js';
import { atMost, recentMs, type Start } from './estimate.js';

interface StoredStart extends Start {
  /** The conversation and the number of the entry that assigned it. */
  _id: string;
  workspaceId: string;
  line: string;
}

const keptSeconds = 30 * 86_400;

/** Who waited how long: what the estimates are made of. May miss some. */
export class StartStore {
  readonly #starts: Collection<StoredStart>;

  constructor(db: Database) {
    this.#starts = db.collection<StoredStart>('queueStarts');
  }

  async prepare(): Promise<void> {
    await this.#starts.createIndexes([
      { key: { workspaceId: 1, line: 1, at: -1 } },
      { key: { at: 1 }, expireAfterSeconds: keptSeconds },
    ]);
  }

  /** Once, whoever else has seen it too. */
  async keep(starts: StoredStart[]): Promise<void> {
    if (starts.length === 0) return;
    await this.#starts.bulkWrite(
      starts.map(({ _id, ...start }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: start }, upsert: true },
      })),
      { ordered: false },
    );
  }

  /** The newest last. */
  async recent(workspaceId: string, line: string, now: Date): Promise<Start[]> {
    const at = { $gt: new Date(now.getTime() - recentMs), $lte: now };
    const newest = this.#starts.find({ workspaceId, line, at }).sort({ at: -1 }).limit(atMost);
    return (await newest.toArray()).reverse();
  }
}
