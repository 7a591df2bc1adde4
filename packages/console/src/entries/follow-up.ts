import type { TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { momentOf } from '../format.js';
import { t } from '../texts.js';
import { type EntryContext, nameOf, nameOfAgent } from './context.js';
import { renderLine } from './line.js';
import { renderWord } from './word.js';

/** Something was promised to the customer, or what became of it. */
export function renderFollowUp(entry: EntryOf<'follow_up'>, context: EntryContext): TemplateResult {
  const { seq, actor, payload } = entry;
  const said = t(`console.entry.follow_up.${payload.state}`, {
    by: nameOf(actor, context),
    owner: nameOfAgent(payload.ownerId, context.agents),
    time: momentOf(payload.dueAt),
  });
  return renderLine(
    entry,
    payload.state === 'escalated' ? 'warn' : 'flag',
    said,
    renderWord(seq, payload.text, context),
  );
}
