import { errorStatus, type Problem } from '@helpline/protocol';
import { serverTexts } from '@helpline/protocol/texts/server.js';
import { translator } from '@helpline/protocol/texts/translate.js';
import type { CallIds } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';

/** Any failure as the caller may know it. What is not a DeskError is a fault of ours: logged, and told without a word of its inside. */
export function problemOf(
  error: unknown,
  locale: string,
  ids: CallIds,
  { log, metrics }: { log: Logger; metrics: Metrics },
): Problem {
  const known = error instanceof DeskError ? error : fromFramework(error);
  if (!known) log.error({ err: error, ...ids }, 'a call failed unexpectedly');
  const { code, details } = known ?? new DeskError('internal');
  metrics.problems.inc({ code });
  const title = translator(serverTexts, locale)(code);
  return { code, status: errorStatus[code], title, ...details, requestId: ids.requestId };
}

/** What express and its body parser refuse before a door is reached. */
function fromFramework(error: unknown): DeskError | null {
  if (!(error instanceof Error && 'status' in error)) return null;
  if (error.status === 413) return new DeskError('too_large');
  if (error.status === 400)
    return new DeskError('bad_request', { detail: 'The body is not JSON, or the path is not readable.' });
  if (error.status === 404) return new DeskError('not_found');
  return Number(error.status) < 500 ? new DeskError('bad_request') : null;
}
