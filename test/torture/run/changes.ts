import type { Entry } from '@helpline/server/dist/journal/index.js';
import type { StaffMember } from '@helpline/server/dist/staff/store.js';
import type mongoose from 'mongoose';
import type { Change } from '../checks/final-state.js';

/** Follows what is committed to the entries and the agents, in the order of the commits. */
export class Changes {
  readonly #stream: mongoose.mongo.ChangeStream;
  readonly #seen: Change[] = [];
  #broken = false;

  private constructor(stream: mongoose.mongo.ChangeStream) {
    this.#stream = stream;
    stream.on('change', (change) => this.#see(change));
    stream.on('error', () => {
      this.#broken = true;
    });
  }

  static async follow(db: mongoose.mongo.Db): Promise<Changes> {
    await db.command({ collMod: 'agents', changeStreamPreAndPostImages: { enabled: true } });
    const wanted = { $match: { 'ns.coll': { $in: ['entries', 'agents'] }, operationType: { $in: kinds } } };
    const stream = db.watch([wanted], { fullDocument: 'whenAvailable' });
    const changes = new Changes(stream);
    await new Promise((resolve) => stream.once('resumeTokenChanged', resolve));
    return changes;
  }

  /** Null if some of it may be missing. */
  get all(): Change[] | null {
    return this.#broken ? null : this.#seen;
  }

  async close(): Promise<void> {
    await this.#stream.close().catch(() => {});
  }

  #see(change: mongoose.mongo.ChangeStreamDocument): void {
    if (!('ns' in change) || !('coll' in change.ns) || !('fullDocument' in change) || !change.fullDocument) return;
    const wall = change.wallTime ?? new Date();
    if (change.ns.coll === 'entries') {
      if (change.operationType === 'insert')
        this.#seen.push({ kind: 'entry', id: (change.fullDocument as unknown as Entry)._id, wall });
      return;
    }
    const { passwordHash, email, name, ...agent } = change.fullDocument as unknown as StaffMember;
    this.#seen.push({ kind: 'agent', agent, wall });
  }
}

const kinds = ['insert', 'update', 'replace'];
