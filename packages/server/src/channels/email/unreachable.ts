import { DeskError } from '../../platform/errors.js';
import { explain } from './explain.js';

const tryMs = 20_000;

/** Somebody waits for the answer, so a server that says nothing must not keep him. */
export function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(tryMs);
  const tooLate = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error('The server did not answer.'), { code: 'ETIMEDOUT' });
    signal.addEventListener('abort', () => reject(error), { once: true });
  });
  return Promise.race([tooLate, work(signal)]);
}

export interface Problem {
  protocol: 'imap' | 'smtp';
  error: unknown;
  server: { host: string; port: number; secure: boolean; byToken?: boolean };
}

/** What is told of servers that can not be used: each by its name, at the setting that is most likely wrong. */
export function unreachable(problems: Problem[]): DeskError {
  const errors = problems.map(({ protocol, error, server }) => {
    const { field, words } = explain(error, server);
    return { pointer: `/${protocol}/${field}`, detail: `${protocol.toUpperCase()}: ${words}` };
  });
  return new DeskError('mailbox_unreachable', { detail: errors.map(({ detail }) => detail).join(' '), errors });
}
