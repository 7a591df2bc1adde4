import { keyIn } from '../history.js';
import { entriesByKey, isWriting } from './facts.js';
import type { Check, Finding } from './finding.js';

/** Unexpected: what nobody wrote, or what was refused and is there all the same. */
export const c3Unexpected: Check = (history, final) => {
  const invoked = new Set(history.filter(({ type }) => type === 'invoke').flatMap(({ key }) => key ?? []));
  const strange = (text: string) => {
    const key = keyIn(text);
    return key !== undefined && !invoked.has(key);
  };
  const byKey = entriesByKey(final);
  const said = history.filter(isWriting).filter(({ key }) => key !== undefined && byKey.has(key));
  const acknowledged = new Set(said.filter(({ type }) => type !== 'invoke' && type !== 'fail').map(({ key }) => key));
  return [
    ...[...byKey]
      .filter(([key]) => !invoked.has(key))
      .map(([key, entries]) => finding('nobody wrote this entry', { key, entries })),
    ...final.views.flatMap(({ proc, entries }) =>
      entries
        .filter(({ text }) => strange(text))
        .map((entry) => finding('nobody wrote what is shown', { proc, entry })),
    ),
    ...final.sink
      .filter(({ key }) => key !== null && !invoked.has(key))
      .map((mail) => finding('nobody wrote this mail', mail)),
    ...said
      .filter(({ type, key }) => type === 'fail' && !acknowledged.has(key))
      .map((record) => finding('a refused message is there all the same', record)),
  ];
};

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C3', what, evidence });
