import type { TestContext } from 'vitest';
import type { Browsers } from './browser.js';

/** The steps of a journey build on each other: after one that failed the others tell nothing. */
export function nextStep(context: TestContext, browsers?: Browsers): void {
  const steps = context.task.suite?.tasks ?? context.task.file.tasks;
  if (steps.some(({ result }) => result?.state === 'fail')) context.skip('an earlier step failed');
  browsers?.photographIfFailing(context);
}
