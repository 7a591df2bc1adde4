import { type Logger, pino } from 'pino';

export type { Logger };

/** Lines of JSON on standard error. Ids and counts only: never a text that somebody wrote. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
