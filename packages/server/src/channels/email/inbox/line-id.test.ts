import { expect, test } from 'vitest';
import { hiddenLineId, lineId, linesOf, shownLineId } from './line-id.js';

const box = '7d1c-box';

test('two folders with the same numbering have different lines', () => {
  const ids = ['INBOX', 'Junk', 'Junk/Old'].map((folder) => lineId(box, folder, '1700000000', 5));
  expect(new Set(ids).size).toBe(3);
  expect(ids[0]).toBe('7d1c-box:1700000000:5');
});

test('all lines of a folder, and none of another, begin alike', () => {
  const others = ['INBOX', 'Junk', 'Sent'];
  for (const folder of others)
    for (const other of others)
      expect(lineId(box, other, '1', 7).startsWith(linesOf(box, folder, '1'))).toBe(other === folder);
});

test('what is told of a line leads back to it', () => {
  for (const folder of ['INBOX', 'Entwürfe & Reste']) {
    const id = lineId(box, folder, '1700000000', 5);
    const shown = shownLineId(box, id);
    expect(shown).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(hiddenLineId(box, shown)).toBe(id);
  }
});
