/** What one look found. Whoever reads a warning or a failure also reads what to do. */
export interface Check {
  name: string;
  state: 'ok' | 'warning' | 'failure';
  found: string;
  todo?: string;
}

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found });
export const warning = (name: string, found: string, todo: string): Check => ({ name, state: 'warning', found, todo });
export const failure = (name: string, found: string, todo: string): Check => ({ name, state: 'failure', found, todo });

/** Runs a look that may fail by itself, which is a finding too. */
export async function look(name: string, work: () => Promise<Check | Check[]>): Promise<Check[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    return [
      failure(name, `could not be checked: ${messageOf(error)}`, 'Put right what the message names, then check again.'),
    ];
  }
}

export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error)).split('\n')[0]?.slice(0, 200) ?? '';

/** Rejects when `work` has not ended in time. */
export function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`no answer within ${ms / 1000} s`), { code: 'ETIMEDOUT' });
    timer = setTimeout(() => reject(error), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
