import { acts, entriesByKey } from './facts.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Mail in: every mail that reached the mailbox is one message, or a line of the ledger says why not. */
export const c8MailIn: Check = (history, final) => {
  const byKey = entriesByKey(final);
  const lines = linesByKey(final);
  const arrived = acts(history).filter(({ invoke, end }) => invoke.f === 'mailIn' && end?.type === 'ok');
  return [
    ...arrived.flatMap(({ invoke: { key = '' } }) => {
      if (byKey.has(key) || lines.get(key)?.some(saysWhyNot)) return [];
      return [finding('a mail is neither a message nor accounted for', { key, lines: lines.get(key) ?? [] })];
    }),
    ...final.ledger.filter(isOpen(final)).map((line) => finding('a mail was fetched and not taken in', line)),
    ...receivedTwice(final),
  ];
};

type Line = FinalState['ledger'][number];

/** The ledger's lines of each test mail, found by its place in the mailbox. */
function linesByKey({ ledger, mailbox }: FinalState): Map<string, Line[]> {
  const lines = new Map<string, Line[]>();
  for (const { key, uidValidity, uid } of mailbox) {
    if (key === null) continue;
    const found = ledger.filter((line) => line.uid === uid && line.uidValidity === uidValidity);
    lines.set(key, [...(lines.get(key) ?? []), ...found]);
  }
  return lines;
}

/** Had it been taken for a copy of another mail, that one would be its message. */
const saysWhyNot = ({ state, reason }: Line): boolean =>
  (state === 'ignored' || state === 'failed') && reason !== null && !reason.startsWith('A copy of');

const isOpen =
  ({ readAtWall }: FinalState) =>
  ({ state, nextTryAt }: Line): boolean =>
    state === 'fetched' && nextTryAt < readAtWall;

/** Two lines never lead to one message. */
function receivedTwice({ ledger }: FinalState): Finding[] {
  const first = new Map<string, Line>();
  return ledger.flatMap((line) => {
    if (line.state !== 'received' || line.entryId === undefined) return [];
    const other = first.get(line.entryId);
    first.set(line.entryId, line);
    return other ? [finding('two mails became one message', [other, line])] : [];
  });
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C8', what, evidence });
