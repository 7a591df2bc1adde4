/** `pnpm backtest wait [--database mongodb://…]`: how far what visitors are told is from what it became. */
import { parseArgs } from 'node:util';
import { backtestWait } from './wait.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { database: { type: 'string' } } });
if (positionals.join() !== 'wait') {
  console.error('pnpm backtest wait [--database mongodb://…]');
  process.exit(2);
}
if (!values.database) console.log('No database is named: simulated weeks. Median errors of what was told on arrival.');
console.table(await backtestWait(values.database));
