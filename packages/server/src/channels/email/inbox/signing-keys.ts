import { Resolver } from 'node:dns/promises';

/** Asks the domain name system for the keys that mails are signed with. */
export type FindKey = (name: string, type: string) => Promise<string[][]>;

const timeoutMs = 2_000;
const keptMs = 60 * 60_000;
const pauseMs = 60_000;
const most = 2_000;

/** Asks for each key once an hour at most, and not at all for a minute after nobody answered: no mail waits for long. */
export function rememberKeys(ask: (name: string) => Promise<string[][]> = askServer, now = Date.now): FindKey {
  const known = new Map<string, { until: number; answer: Promise<string[][]> }>();
  let silentUntil = 0;
  return (name, type) => {
    if (type !== 'TXT') return Promise.reject(new Error('Only keys are asked for.'));
    const key = name.toLowerCase();
    const before = known.get(key);
    if (before && before.until > now()) return before.answer;
    if (silentUntil > now()) return Promise.reject(new Error('Nobody answers.'));
    const answer = ask(key);
    answer.catch((error: unknown) => {
      if (isNo(error)) return;
      known.delete(key);
      silentUntil = now() + pauseMs;
    });
    if (known.size >= most) known.clear();
    known.set(key, { until: now() + keptMs, answer });
    return answer;
  };
}

/** There is no such key, which is an answer. */
const isNo = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');

const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
const askServer = (name: string): Promise<string[][]> => resolver.resolveTxt(name);
