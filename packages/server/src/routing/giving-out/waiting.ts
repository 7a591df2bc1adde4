import { type ConversationState, lineNamed } from '../../journal/index.js';
import { givesNothingOut, hindranceOf } from '../policy/policy.js';
import { skillsAsked } from '../policy/skills.js';
import type { Desk } from './desk.js';

const firstPage = 10;
const furtherPages = 100;

/** What waits and somebody could take, in its turn: nobody waits behind those whom no free agent may have. */
export async function* inTurn(desk: Desk, now: Date): AsyncGenerator<ConversationState> {
  const { conversations } = desk.parts;
  const lines = await conversations.lines(desk.workspaceId);
  for (let after = ''; ; ) {
    const moving = lines.filter((name) => moves(desk, name, now));
    if (moving.length === 0) return;
    const page = after === '' ? firstPage : furtherPages;
    const found = await conversations.inTurn(desk.workspaceId, moving, after, page);
    yield* found;
    if (found.length < page) return;
    after = found.at(-1)?.turn ?? '';
  }
}

/** Whether somebody is free for it, and nothing keeps all of it back. Where skills are asked no more after a while, that is seen of each. */
function moves(desk: Desk, name: string, now: Date): boolean {
  const { workspaceId, ceilings } = desk;
  const line = lineNamed(name);
  const policy = desk.policyOf(line);
  if (givesNothingOut(policy, now) || ceilings.fullFor(line)) return false;
  const needed = policy.settings.anybodyAfterSeconds === null ? skillsAsked(line, policy.settings) : [];
  return desk.members.some((member) => hindranceOf({ workspaceId, ...line }, member, needed) === null);
}
