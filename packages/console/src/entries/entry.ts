import type { AgentEntry } from '@helpline/protocol';
import { nothing, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { renderAssigned } from './assigned.js';
import type { EntryContext } from './context.js';
import { renderFollowUp } from './follow-up.js';
import { renderForwarded } from './forwarded.js';
import { renderLine } from './line.js';
import { renderMessage } from './message.js';
import { renderNote } from './note.js';
import { renderOfferEnded, renderOffered } from './offered.js';
import { renderSplitOff } from './split.js';
import { renderStatus } from './status.js';
import { renderTransferred } from './transferred.js';
import { renderTriaged } from './triaged.js';

/** Shows one entry. A delivery is shown on the message it is about. */
export function renderEntry(
  entry: AgentEntry,
  context: EntryContext,
  continues: boolean,
): TemplateResult | typeof nothing {
  switch (entry.type) {
    case 'message':
      return renderMessage(entry, context, continues);
    case 'note':
      return renderNote(entry, context);
    case 'assigned':
      return renderAssigned(entry, context);
    case 'status':
      return renderStatus(entry, context);
    case 'identified': {
      const proof = t(`console.proof.${entry.payload.proof}`);
      return renderLine(entry, 'person', t('console.entry.identified', { proof }));
    }
    case 'redacted':
      return renderLine(entry, 'close', t('console.entry.redacted'));
    case 'forwarded':
      return renderForwarded(entry, context);
    case 'split_off':
      return renderSplitOff(entry, context);
    case 'transferred':
      return renderTransferred(entry, context);
    case 'triaged':
      return renderTriaged(entry, context);
    case 'offered':
      return renderOffered(entry, context);
    case 'offer_ended':
      return renderOfferEnded(entry, context);
    case 'follow_up':
      return renderFollowUp(entry, context);
    case 'delivery':
      return nothing;
    default:
      return renderLine(entry, 'warn', t('console.entry.unknown'));
  }
}
