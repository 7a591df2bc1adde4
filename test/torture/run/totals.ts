import { told } from '../checks/finding.js';
import type { RunResult } from './run-fault.js';

export interface TestTotals {
  passed: number;
  failed: number;
  skipped: number;
  /** The names of those that failed. */
  failures: string[];
}

/** Tells how each run ended, and adds up what the last line says. */
export class Totals {
  readonly #say: (line: string) => void;
  /** For whoever counts faults as tests. */
  readonly tests: TestTotals = { passed: 0, failed: 0, skipped: 0, failures: [] };
  readonly #sum = { faults: 0, invoked: 0, acknowledged: 0, lost: 0, doubled: 0, disordered: 0, unknown: 0 };

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** `isAskedAgain`: the run is repeated, and only then counts as passed or failed. */
  tell(
    names: string,
    faults: number,
    { findings, figures, restless, settledInMs }: RunResult,
    isAskedAgain = false,
  ): void {
    if (!isAskedAgain) this.#sum.faults += faults;
    if (!isAskedAgain && findings.length > 0) this.tests.failures.push(`${names}: ${told(findings).join('; ')}`);
    if (!isAskedAgain) this.tests[findings.length === 0 ? 'passed' : 'failed'] += faults;
    const { recovered, ...counted } = figures;
    for (const name of Object.keys(counted) as (keyof typeof counted)[]) this.#sum[name] += counted[name];
    const { acknowledged, invoked, unknown } = figures;
    const numbers = `${acknowledged} of ${invoked} acknowledged, ${unknown} unknown (${recovered} there)`;
    const rest = `at rest after ${(settledInMs / 1_000).toFixed(1)} s`;
    this.#say(`${findings.length === 0 ? 'ok    ' : isAskedAgain ? 'again ' : 'FAILED'} ${names}: ${numbers}; ${rest}`);
    for (const what of restless) this.#say(`${names}: not at rest: ${what}`);
    for (const finding of told(findings).slice(0, 10)) this.#say(`${names}: ${finding}`);
  }

  get lastLine(): string {
    return JSON.stringify(this.#sum);
  }
}
