import type { WorkInterval, WorkKind } from '@helpline/protocol';
import { type Collection, type Database, isDuplicateKey } from '../platform/database.js';

/** How long somebody was at a conversation. It ends when he was last heard of, so nobody has to end it. */
interface StoredWork {
  /** Agent and number: of two who would write the next one, one does. */
  _id: string;
  agentId: string;
  workspaceId: string;
  n: number;
  conversationId: string;
  kind: WorkKind;
  from: Date;
  to: Date;
  /** The tab that told it last. */
  tab: string;
  /** Whether it may still grow. */
  open: boolean;
}

/** What a tab tells: which conversation is open in it and how, or (`kind: null`) no longer. */
export interface Told {
  agentId: string;
  workspaceId: string;
  tab: string;
  conversationId: string;
  kind: WorkKind | null;
}

const silenceMs = 60_000;
const tries = 5;

/** How long who worked on what: one line of time for each agent, however many tabs and devices he has. */
export class Work {
  readonly #work: Collection<StoredWork>;

  constructor(db: Database) {
    this.#work = db.collection<StoredWork>('workIntervals');
  }

  async prepare(): Promise<void> {
    await this.#work.createIndexes([
      { key: { agentId: 1, n: -1 }, unique: true },
      { key: { agentId: 1, to: 1, from: 1 } },
      { key: { conversationId: 1, from: 1 } },
    ]);
  }

  /** Takes in what a tab tells. If others tell something at the same time again and again, this is lost: it is told anew soon. */
  async told(told: Told, at = new Date()): Promise<void> {
    for (let i = 0; i < tries; i++) if (await this.#goOn(told, at)) return;
  }

  async of(agentId: string, from: Date, to: Date): Promise<WorkInterval[]> {
    const found = this.#work
      .find({ agentId, to: { $gt: from }, from: { $lt: to } })
      .sort({ agentId: 1, to: 1, from: 1 });
    return (await found.toArray()).filter((one) => one.from < one.to).map(workView);
  }

  /** Whether it is settled; if not, somebody else was faster. */
  async #goOn(told: Told, at: Date): Promise<boolean> {
    const last = await this.#work.findOne({ agentId: told.agentId }, { sort: { agentId: 1, n: -1 } });
    const lasts = last?.open && at.getTime() - last.to.getTime() <= silenceMs;
    if (lasts && last.tab !== told.tab && told.kind !== 'active') return true; // he is at something in another tab
    if (lasts && last.conversationId === told.conversationId && last.kind === told.kind)
      return (await this.#grow(last, told.tab, at, true)) !== null;
    const ended = last?.open ? await this.#grow(last, last.tab, lasts ? at : last.to, false) : last;
    if (last && !ended) return false;
    return told.kind === null || this.#begin({ ...told, kind: told.kind }, ended, at);
  }

  /** Null if it has ended. */
  #grow({ _id }: StoredWork, tab: string, to: Date, open: boolean): Promise<StoredWork | null> {
    const grown = { $max: { to }, $set: { tab, open } };
    return this.#work.findOneAndUpdate({ _id, open: true }, grown, { returnDocument: 'after' });
  }

  async #begin(told: Told & { kind: WorkKind }, last: StoredWork | null, at: Date): Promise<boolean> {
    const n = (last?.n ?? 0) + 1;
    const from = last && last.to > at ? last.to : at; // another node's clock may be ahead
    try {
      await this.#work.insertOne({ _id: `${told.agentId}:${n}`, ...told, n, from, to: from, open: true });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }
}

const workView = ({ conversationId, kind, from, to }: StoredWork): WorkInterval => ({
  conversationId,
  kind,
  from: from.toISOString(),
  to: to.toISOString(),
});
