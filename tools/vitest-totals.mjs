/** A reporter of vitest: what came out of each test file, and what went wrong outside of all, as JSON in HELPLINE_TOTALS. */
import { writeFileSync } from 'node:fs';

export default class VitestTotals {
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { files: modules.map(totalsOf), unhandled: unhandledErrors.length };
    writeFileSync(process.env.HELPLINE_TOTALS, JSON.stringify(totals));
  }
}

function totalsOf(module) {
  const count = (state) => [...module.children.allTests(state)];
  const failures = count('failed').map(({ fullName }) => fullName);
  const isBroken = module.state() === 'failed' && failures.length === 0; // it could not be loaded, or laid or cleared away
  return {
    name: module.moduleId,
    passed: count('passed').length,
    skipped: count('skipped').length,
    failures: isBroken ? [module.moduleId] : failures,
  };
}
