/** Keeps the last figures in docs/performance.json, and makes the tables of docs/performance.md and the picture from them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { draw } from './picture.mjs';

const kept = 'docs/performance.json';
const page = 'docs/performance.md';
const picture = 'docs/performance.svg';

export const keptFigures = () => (existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')).figures : []);

/** Replaces the kept figures of the same names and makes the page anew. */
export function report(measured) {
  const names = new Set(measured.map(({ name }) => name));
  const figures = [...keptFigures().filter(({ name }) => !names.has(name)), ...measured];
  if (measured.length > 0) writeFileSync(kept, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`);
  const tables = readFileSync(page, 'utf8').replace(
    /(<!-- figures (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin, prefixes, end) => `${begin}\n${table(figures, prefixes.split(','))}\n\n${end}`,
  );
  writeFileSync(page, tables);
  const svg = draw(figures);
  if (svg) writeFileSync(picture, svg);
}

function machine() {
  const processors = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
  return {
    processors,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    on: new Date().toISOString().slice(0, 10),
  };
}

function table(figures, prefixes) {
  const rows = figures.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)));
  if (rows.length === 0) return 'Not yet measured.';
  const cells = [['figure', 'ours', 'baseline', 'ratio', 'bar'], ...rows.map(row)];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const lines = cells.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  return [lines[0], `| ${widths.map((wide) => '-'.repeat(wide)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}

function row({ name, unit, ours, baseline, ratio, bar, ok }) {
  const limit = bar
    ? `${bar.atMost === undefined ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`}${ok ? '' : ' **missed**'}`
    : '';
  const other = baseline === null ? '' : `${rounded(baseline)} ${unit}`;
  return [name, `${rounded(ours)} ${unit}`, other, ratio === null ? '' : ratio.toFixed(2), limit];
}

const rounded = (value) => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
