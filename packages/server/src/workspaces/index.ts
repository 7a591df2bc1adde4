export { workspaceDoors } from './doors.js';
export { mayEmbed, teamsAbove } from './rules.js';
export type { Brand, Inbox, Team, Workspace } from './store.js';
export { Workspaces } from './workspaces.js';
