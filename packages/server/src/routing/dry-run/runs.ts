import type { ErrorCode, Output } from '@helpline/protocol';
import type { Collection, Database } from '../../platform/database.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/logger.js';
import type { Parts } from '../giving-out/desk.js';
import { type Asked, dryRun } from './dry-run.js';

interface Run {
  _id: string;
  workspaceId: string;
  done: number;
  result: Output<'routing.dryRunResult'>['result'];
  error: ErrorCode | null;
  /** When its node last told of it. */
  at: Date;
}

const knownForSeconds = 600;
const toldEveryMs = 500;
const givenUpAfterMs = 60_000;

/** Dry runs: one at a time on each node, so that nobody else waits for them, and known to all nodes. */
export class DryRuns {
  readonly #parts: Parts & { log: Logger };
  readonly #runs: Collection<Run>;
  #isBusy = false;

  constructor({ db, ...parts }: Parts & { db: Database; log: Logger }) {
    this.#parts = parts;
    this.#runs = db.collection<Run>('dryRuns');
  }

  async prepare(): Promise<void> {
    await this.#runs.createIndex({ at: 1 }, { expireAfterSeconds: knownForSeconds });
  }

  /** Throws `busy` while another one runs. */
  async begin(workspaceId: string, asked: Asked): Promise<string> {
    if (this.#isBusy) throw new DeskError('busy', { retryAfterMs: 5_000 });
    this.#isBusy = true;
    try {
      const run: Run = { _id: newId(), workspaceId, done: 0, result: null, error: null, at: new Date() };
      await this.#runs.insertOne(run);
      void this.#go(run, asked);
      return run._id;
    } catch (error) {
      this.#isBusy = false;
      throw error;
    }
  }

  /** Throws what it failed with, `internal` when its node is gone; `not_found` for one of another workspace, or long over. */
  async progress(workspaceId: string, runId: string): Promise<Output<'routing.dryRunResult'>> {
    const run = await this.#runs.findOne({ _id: runId, workspaceId });
    if (!run) throw notFound();
    const { done, result, error, at } = run;
    if (error) throw new DeskError(error);
    if (!result && at.getTime() < Date.now() - givenUpAfterMs)
      throw new DeskError('internal', { detail: 'The server that went through it has stopped. Begin anew.' });
    return { done, result };
  }

  async #go({ _id, workspaceId }: Run, asked: Asked): Promise<void> {
    const tell = (so: Partial<Run>) => this.#runs.updateOne({ _id }, { $set: { ...so, at: new Date() } });
    let done = 0;
    const telling = setInterval(() => tell({ done }).catch(() => {}), toldEveryMs); // it is told again
    try {
      const result = await dryRun(this.#parts, workspaceId, asked, (now) => {
        done = now;
      });
      await tell({ done: 1, result });
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'a dry run failed');
      const code = error instanceof DeskError ? error.code : 'internal';
      await tell({ error: code }).catch(() => {}); // then it has stopped, as it seems
    } finally {
      clearInterval(telling);
      this.#isBusy = false;
    }
  }
}
