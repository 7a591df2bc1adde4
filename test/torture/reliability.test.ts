import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faults } from './faults/index.js';
import { plants } from './plants/index.js';

/** Without what the formatter adds to make columns. */
const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8').replace(/ +/g, ' ');

test('docs/reliability.md lists every fault, and which are only in the long form', () => {
  const rows = faults.map(({ id, title, long }) => `| ${id} | ${title} | ${long ? 'long ' : ''}|`);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});

test('docs/reliability.md lists every plant, and who must notice it', () => {
  const rows = plants.map(({ name, bug, provokedBy, caughtBy }) => {
    return `| ${name} | ${bug} | ${provokedBy.join(', ') || 'no fault'} | ${caughtBy.join(', ')} |`;
  });
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
