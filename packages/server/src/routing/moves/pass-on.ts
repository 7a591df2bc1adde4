import type { Payloads } from '@helpline/protocol';
import { type Transfer, transfer } from '../../conversations/index.js';
import type { Appended, ConversationState, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { type Team, teamsAbove, type Workspaces } from '../../workspaces/index.js';

interface Parts {
  journal: Journal;
  workspaces: Workspaces;
}

type Asked = Omit<Transfer, 'to'> & { conversation: ConversationState };

/** To a team or brand of the workspace, whether or not whoever does so may see it there. Throws `unprocessable` where there is no such one. */
export async function passOn(
  { journal, workspaces }: Parts,
  { conversation, ...asked }: Asked,
  to: Omit<Payloads['transferred'], 'why'>,
): Promise<Appended> {
  const isDone = (await journal.entryByClientId(conversation._id, asked.clientId)) !== null;
  if (!isDone) await checkAreThere(workspaces, conversation.workspaceId, to);
  return transfer(journal, { ...asked, to: { ...to, why: 'transfer' } });
}

async function checkAreThere(
  workspaces: Workspaces,
  workspaceId: string,
  { teamId, brandId }: Omit<Payloads['transferred'], 'why'>,
): Promise<void> {
  const [teams, brands] = await Promise.all([workspaces.teams(workspaceId), workspaces.brands(workspaceId)]);
  checkIsThere(teams, teamId, 'team');
  checkIsThere(brands, brandId, 'brand');
}

/** To the team that gets what is too much for its own. Throws `unprocessable` where there is none. */
export async function escalate(
  { journal, workspaces }: Parts,
  { conversation, ...asked }: Asked,
  text: string,
): Promise<Appended> {
  const known = await journal.entryByClientId(conversation._id, asked.clientId);
  const to = known?.type === 'transferred' ? known.payload.teamId : await teamAbove(workspaces, conversation);
  return transfer(journal, { ...asked, to: { teamId: to, why: 'escalation', text } });
}

/** Asked again, what is done already goes no further up. */
async function teamAbove(workspaces: Workspaces, { workspaceId, teamId }: ConversationState): Promise<string> {
  const [above] = teamId ? teamsAbove(await workspaces.teams(workspaceId), teamId) : [];
  if (!above) throw new DeskError('unprocessable', { detail: 'Its team escalates to nobody.' });
  return above._id;
}

function checkIsThere(known: readonly Pick<Team, '_id'>[], id: string | null | undefined, what: string): void {
  if (id && !known.some(({ _id }) => _id === id))
    throw new DeskError('unprocessable', { detail: `There is no such ${what}.` });
}
