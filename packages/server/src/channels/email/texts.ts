import { serverTexts } from '@helpline/protocol/texts/server.js';
import { translator } from '@helpline/protocol/texts/translate.js';

/** The texts of mails, and of what is said about them. */
export const say = translator(serverTexts, 'en');
