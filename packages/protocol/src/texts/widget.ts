import type { Catalogue } from './translate.js';

const en = { 'widget.open': 'Open chat' };

/** What the chat widget says. */
export const widgetTexts: Catalogue<keyof typeof en> = { en, de: { 'widget.open': 'Chat öffnen' } };
