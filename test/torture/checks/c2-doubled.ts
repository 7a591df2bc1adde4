import type { Entry } from '@helpline/server/dist/journal/index.js';
import { type ClientView, keyIn } from '../history.js';
import { entriesByKey } from './facts.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Doubled: the same thing twice in the database, in a client's list, or on a page at any time. */
export const c2Doubled: Check = (history, final) => [
  ...inDatabase(final),
  ...final.views.flatMap(inView),
  ...history.flatMap((record) =>
    repeated(record.keys ?? []).map((key) => finding('a page showed a message twice', { key, record })),
  ),
];

function inDatabase(final: FinalState): Finding[] {
  const byKey = [...entriesByKey(final)].filter(([, entries]) => entries.length > 1);
  const byName = (name: (entry: Entry) => string) => repeated(final.entries.map(name));
  return [
    ...byKey.map(([key, entries]) => finding('a message is stored twice', { key, entries })),
    ...byName((entry) => `${entry.conversationId} ${entry.clientId}`).map((id) =>
      finding('two entries have one clientId', id),
    ),
    ...byName((entry) => `${entry.conversationId} ${entry.seq}`).map((id) =>
      finding('two entries have one number', id),
    ),
  ];
}

function inView(view: ClientView): Finding[] {
  const keys = view.entries.flatMap(({ text }) => keyIn(text) ?? []);
  const what = view.source === 'dom' ? 'a page shows a message twice' : "a client's list has a message twice";
  return repeated(keys).map((key) => finding(what, { key, proc: view.proc, conv: view.conv }));
}

/** Each value that is there more than once. */
function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) (seen.has(value) ? again : seen).add(value);
  return [...again];
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C2', what, evidence });
