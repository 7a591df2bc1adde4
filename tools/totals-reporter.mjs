/** A reporter for web-test-runner that leaves the totals in a file, for the last line of `npm test`. */
import { writeFileSync } from 'node:fs';

export function totalsReporter(path) {
  return {
    onTestRunFinished({ sessions }) {
      const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const session of sessions) {
        const before = totals.failed;
        countSuite(session.testResults, totals);
        // A file that could not be loaded has no tests that could fail.
        if (!session.passed && totals.failed === before) {
          totals.failed += 1;
          totals.failures.push(session.testFile);
        }
      }
      writeFileSync(path, JSON.stringify(totals));
    },
  };
}

function countSuite(suite, totals) {
  for (const test of suite?.tests ?? []) {
    totals[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
    if (!test.skipped && !test.passed) totals.failures.push(test.name);
  }
  for (const inner of suite?.suites ?? []) countSuite(inner, totals);
}
