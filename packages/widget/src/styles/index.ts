import { base } from './base.js';
import { composerStyles } from './composer.js';
import { launcherStyles } from './launcher.js';
import { messageStyles } from './messages.js';
import { panelStyles } from './panel.js';
import { preferences } from './preferences.js';
import { waitingStyles } from './waiting.js';

export const styles = [base, launcherStyles, panelStyles, messageStyles, composerStyles, waitingStyles, preferences];
