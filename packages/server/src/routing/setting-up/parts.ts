import type { ConversationStore } from '../../conversations/index.js';
import type { Journal } from '../../journal/index.js';
import type { Staff } from '../../staff/index.js';
import type { Workspaces } from '../../workspaces/index.js';
import type { HandBacks } from '../moves/hand-back.js';
import type { Policies } from '../policy/policies.js';

export interface SettingUpParts {
  journal: Journal;
  workspaces: Workspaces;
  staff: Staff;
  conversations: ConversationStore;
  policies: Policies;
  handBacks: HandBacks;
}
