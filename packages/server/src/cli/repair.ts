import { parseArgs } from 'node:util';
import { ConversationStore } from '../conversations/index.js';
import { type Finding, Journal, type RepairOptions } from '../journal/index.js';
import type { Database } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { Policies, repairSlots } from '../routing/index.js';
import { Staff } from '../staff/index.js';
import { openFromEnvironment } from './environment.js';
import { settleMails } from './restored.js';

const usage = `helpline repair [--dry-run] [--restored] [--json]
  Computes again, from the journal, everything that is computed from it, and puts right what differs.
  Nodes may go on serving meanwhile.
  --dry-run   only tell what would be put right
  --restored  the database comes from a backup and no node has run on it yet: answers by mail that may
              have been sent since are called unknown instead of being sent again
  --json      print one line of JSON`;

interface Repaired {
  dryRun: boolean;
  entries: number;
  conversations: number;
  /** Put right (with --dry-run: would be). */
  healed: number;
  /** With --restored: answers by mail of which nobody knows whether they went out. */
  mailsUnknown: number;
  /** In the journal itself: nobody can compute it again. */
  unhealable: number;
  findings: { kind: string; healed: boolean; times: number; examples: string[] }[];
}

export async function run(args: string[]): Promise<void> {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    restored: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(usage);
  const { database } = await openFromEnvironment();
  try {
    const { restored, 'dry-run': dryRun } = values;
    if (restored && dryRun) throw new Error('With --restored there is no --dry-run.');
    const mailsUnknown = restored ? await settleMails(database.db) : 0;
    const repaired = { mailsUnknown, ...(await repair(database.db, { dryRun, patienceMs })) };
    console.log(values.json ? JSON.stringify(repaired) : asText(repaired));
    process.exitCode = repaired.unhealable > 0 || (repaired.dryRun && repaired.healed > 0) ? 1 : 0;
  } finally {
    await database.close();
  }
}

const patienceMs = 2_000;

/** First the conversations, then what depends on them. */
export async function repair(
  db: Database,
  given: Pick<RepairOptions, 'dryRun' | 'patienceMs'>,
): Promise<Omit<Repaired, 'mailsUnknown'>> {
  const findings = new Map<string, Repaired['findings'][number]>();
  const options = { ...given, found: (finding: Finding) => note(findings, finding) };
  const examined = await new Journal(db, createLogger('warn')).repair(options);
  const rooms = { staff: new Staff(db), conversations: new ConversationStore(db), policies: new Policies(db) };
  await repairSlots(rooms, options);
  const all = [...findings.values()];
  const times = (healed: boolean) => all.reduce((n, one) => n + (one.healed === healed ? one.times : 0), 0);
  return { dryRun: given.dryRun, ...examined, healed: times(true), unhealable: times(false), findings: all };
}

const examplesAtMost = 5;

function note(findings: Map<string, Repaired['findings'][number]>, { kind, of, healed }: Finding): void {
  const known = findings.get(kind) ?? { kind, healed, times: 0, examples: [] };
  known.times++;
  if (known.examples.length < examplesAtMost) known.examples.push(of);
  findings.set(kind, known);
}

function asText({ dryRun, mailsUnknown, entries, conversations, healed, unhealable, findings }: Repaired): string {
  const done = dryRun ? 'would be put right' : 'put right';
  return [
    `Read ${entries} entries of ${conversations} conversations.`,
    ...findings.map((one) => {
      const fate = one.healed ? done : 'NOT put right: the journal itself says so';
      return `  ${one.times} × ${one.kind} (${one.examples.join(', ')}${one.times > one.examples.length ? ', …' : ''}): ${fate}`;
    }),
    mailsUnknown > 0 ? `${mailsUnknown} answers by mail are now unknown: their agents see it and decide.` : '',
    healed + unhealable === 0 ? 'Everything is as the journal says: nothing changed.' : '',
    healed > 0 && !dryRun ? 'Restart the nodes one after the other: they may remember what was wrong.' : '',
    unhealable > 0 ? 'Restore the named conversations from a backup; docs/operations.md says how.' : '',
  ]
    .filter(Boolean)
    .join('\n');
}
