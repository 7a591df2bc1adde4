import type { Actor, ErrorCode, MoveTo, Output } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { canSee, type Visibility } from '../../platform/visibility.js';
import type { Staff } from '../../staff/index.js';
import type { Workspaces } from '../../workspaces/index.js';
import { assignByHand } from '../giving-out/claim.js';
import { passOn } from './pass-on.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  workspaces: Workspaces;
}

interface Asked {
  ids: string[];
  to: MoveTo;
  text?: string | undefined;
  /** The same in each conversation, so that whoever asks again moves nothing twice. */
  clientId: string;
  actor: Actor;
  visibility: Visibility;
}

const atOnce = 8;

/** Moves each of the conversations that the mover may see, and tells which were not moved and why. */
export async function moveMany(parts: Parts, asked: Asked): Promise<Output<'conversation.moveMany'>> {
  const ids = [...new Set(asked.ids)];
  const states = new Map((await parts.journal.newest(ids)).map((state) => [state._id, state]));
  const moved: string[] = [];
  const refused: Output<'conversation.moveMany'>['refused'] = [];
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      const refusal = await moveOne(parts, states.get(id), asked).then(() => null, refusalOf);
      if (refusal) refused.push({ id, ...refusal });
      else moved.push(id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { moved, refused };
}

async function moveOne(parts: Parts, conversation: ConversationState | undefined, asked: Asked): Promise<Appended> {
  const { to, text, clientId, actor, visibility } = asked;
  if (!conversation || !canSee(visibility, conversation)) throw new DeskError('not_found');
  const said = { conversation, conversationId: conversation._id, clientId, actor };
  if (to.kind === 'team') return passOn(parts, said, { teamId: to.id, ...(text ? { text } : {}) });
  const agentId = to.kind === 'agent' ? to.id : null;
  return assignByHand(parts.journal, parts.staff, { ...said, agentId, text });
}

function refusalOf(error: unknown): { code: ErrorCode; detail?: string } {
  if (!(error instanceof DeskError)) throw error;
  const { detail } = error.details;
  return { code: error.code, ...(detail ? { detail } : {}) };
}
