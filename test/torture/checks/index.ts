import type { HistoryRecord } from '../history.js';
import { c1Lost } from './c1-lost.js';
import { c2Doubled } from './c2-doubled.js';
import { c3Unexpected } from './c3-unexpected.js';
import { c5Order } from './c5-order.js';
import { c6Convergence } from './c6-convergence.js';
import { c7Assignment } from './c7-assignment.js';
import { c8MailIn } from './c8-mail-in.js';
import { c9MailOut } from './c9-mail-out.js';
import { c10Walls } from './c10-walls.js';
import { c11Unread } from './c11-unread.js';
import { c12Ends } from './c12-ends.js';
import { c13Resources } from './c13-resources.js';
import { type Figures, figuresOf } from './figures.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

const checks: Check[] = [
  c1Lost,
  c2Doubled,
  c3Unexpected,
  c5Order,
  c6Convergence,
  c7Assignment,
  c8MailIn,
  c9MailOut,
  c10Walls,
  c11Unread,
  c12Ends,
  c13Resources,
];

/** Every promise held against what happened. */
export function check(history: readonly HistoryRecord[], final: FinalState): { findings: Finding[]; figures: Figures } {
  const findings = checks.flatMap((one) => one(history, final));
  return { findings, figures: figuresOf(history, final, findings) };
}
