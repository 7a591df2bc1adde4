import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Lines of JSON on standard error. Ids and counts only: never a text that somebody wrote. */
export const createLogger = (level: string, out?: DestinationStream): Logger =>
  pino({ level, base: null, serializers: { err: describe } }, out ?? pino.destination({ fd: 2, sync: false }));

/** What went wrong and where. Not the error's other fields: a database driver's hold the documents themselves. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  return { type: error.name, code, stack: withoutQuotes(error.stack ?? error.message) };
}

/** Messages quote what they complain about, such as the value of a duplicate key. */
const withoutQuotes = (text: string): string => text.replace(/"[^"\n]*"/g, '"…"');
