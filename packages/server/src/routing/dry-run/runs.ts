import type { Output } from '@helpline/protocol';
import { DeskError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/logger.js';
import type { Parts } from '../desk.js';
import { type Asked, dryRun } from './dry-run.js';

interface Run {
  workspaceId: string;
  done: number;
  result: Output<'routing.dryRunResult'>['result'];
  error: unknown;
}

const knownForMs = 600_000;

/** The dry runs of this node: one at a time, so that nobody else waits for them. */
export class DryRuns {
  readonly #parts: Parts & { log: Logger };
  readonly #runs = new Map<string, Run>();
  #isBusy = false;

  constructor(parts: Parts & { log: Logger }) {
    this.#parts = parts;
  }

  /** Throws `busy` while another one runs. */
  begin(workspaceId: string, asked: Asked): string {
    if (this.#isBusy) throw new DeskError('busy', { retryAfterMs: 5_000 });
    const runId = newId();
    const run: Run = { workspaceId, done: 0, result: null, error: null };
    this.#runs.set(runId, run);
    void this.#go(run, asked).finally(() => setTimeout(() => this.#runs.delete(runId), knownForMs).unref());
    return runId;
  }

  /** Throws what it failed with; `not_found` for one of another workspace, or long over. */
  progress(workspaceId: string, runId: string): Output<'routing.dryRunResult'> {
    const run = this.#runs.get(runId);
    if (run?.workspaceId !== workspaceId) throw notFound();
    if (run.error) throw run.error;
    return { done: run.done, result: run.result };
  }

  async #go(run: Run, asked: Asked): Promise<void> {
    this.#isBusy = true;
    try {
      run.result = await dryRun(this.#parts, run.workspaceId, asked, (done) => {
        run.done = done;
      });
      run.done = 1;
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'a dry run failed');
      run.error = error;
    } finally {
      this.#isBusy = false;
    }
  }
}
