import type { Opening, Priority } from '@helpline/protocol';
import type { Contacts } from '../../contacts/index.js';
import { Remembered } from '../../platform/remembered.js';
import { oneStepUp } from '../moves/one-step-up.js';
import type { Policies } from './policies.js';

/** What a conversation begins with. */
export type OpeningPriority = (
  opening: Pick<Opening, 'workspaceId' | 'inboxId' | 'teamId' | 'contactId'>,
) => Promise<{ priority?: Priority }>;

/** Every conversation that begins asks; a change may be seen that much later. */
const rememberedMs = 5_000;

/** As the settings say for where it comes in, for a VIP one step higher. Normal goes without saying. */
export function openingPriorityBy(policies: Policies, contacts: Contacts): OpeningPriority {
  const known = new Remembered(rememberedMs, async (workspaceId) => ({
    policyOf: await policies.ofWorkspace(workspaceId),
    vips: await contacts.vips(workspaceId),
  }));
  policies.onChanged(() => known.forget());
  contacts.onVip(() => known.forget());
  return async ({ workspaceId, contactId, ...where }) => {
    const found = await known.get(workspaceId);
    if (!found) return {};
    const usual = found.policyOf(where).settings.priority;
    const priority = found.vips.has(contactId) ? oneStepUp(usual) : usual;
    return priority === 'normal' ? {} : { priority };
  };
}
