import type { Catalogue } from './translate.js';

const en = { 'console.sign_in': 'Sign in' };

/** What the agents' console says. */
export const consoleTexts: Catalogue<keyof typeof en> = { en, de: { 'console.sign_in': 'Anmelden' } };
