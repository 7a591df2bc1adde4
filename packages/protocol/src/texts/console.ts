import { de } from './console-de.js';
import { type ConsoleText, en } from './console-en.js';
import type { Catalogue } from './translate.js';

export type { ConsoleText };

/** What the agents' console says. */
export const consoleTexts: Catalogue<ConsoleText> = { en, de };
