import { expect, test } from 'vitest';
import { Metrics } from './metrics.js';
import { Spread } from './spread.js';

test('a spread counts each size in its bucket and all above', () => {
  const spread = new Spread('wait', 'How long.', [1, 5]);
  for (const size of [0.5, 1, 3, 100]) spread.observe(size);
  expect(spread.asText().split('\n')).toEqual([
    '# HELP wait How long.',
    '# TYPE wait histogram',
    'wait_bucket{le="1"} 2',
    'wait_bucket{le="5"} 3',
    'wait_bucket{le="+Inf"} 4',
    'wait_sum 104.5',
    'wait_count 4',
    '',
  ]);
});

test('a figure that can not be looked up is left out, and the others stand', async () => {
  const metrics = new Metrics();
  metrics.watch('lost', 'Of a database that is away.', () => Promise.reject(new Error('away')), 'state');
  metrics.watch('alone', 'The same without a label.', () => Promise.reject(new Error('away')));
  metrics.watch('found', 'What is known.', () => [{ of: 'here', value: 7 }], 'state');
  metrics.appends.committed += 2;
  const text = await metrics.text();
  expect(text).not.toMatch(/^helpline_lost\{/m);
  expect(text).toMatch(/^helpline_alone Nan$/m);
  expect(text).toMatch(/^helpline_found\{state="here"\} 7$/m);
  expect(text).toMatch(/^helpline_appends_total\{outcome="committed"\} 2$/m);
  expect(await metrics.text()).toBe(text); // asking changes nothing
});
