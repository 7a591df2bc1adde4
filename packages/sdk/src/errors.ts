import type { ErrorCode, Problem } from '@helpline/protocol';

const passing = new Set<ErrorCode>(['busy', 'timeout', 'too_many', 'internal']);

/** Every way a call can fail. `code` is from the contract's closed list. */
export class HelplineError extends Error {
  override readonly name = 'HelplineError';
  readonly code: ErrorCode;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
    this.problem = problem;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return passing.has(this.code);
  }

  get retryAfterMs(): number | undefined {
    return this.problem.retryAfterMs;
  }
}

export const unreachable = (): HelplineError =>
  new HelplineError({ code: 'timeout', status: 504, title: 'The server can not be reached.' });

/** What an HTTP answer says of its refusal. */
export function asProblem(answer: unknown, status: number): Problem {
  if (typeof answer === 'object' && answer !== null && 'code' in answer) return answer as Problem;
  return { code: 'internal', status, title: `The server answered ${status}.` };
}

export const timedOut = (): HelplineError =>
  new HelplineError({ code: 'timeout', status: 504, title: 'The server did not answer in time.' });
