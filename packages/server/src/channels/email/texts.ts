import { serverTexts } from '@helpline/protocol/texts/server.js';
import { type Translate, translator } from '@helpline/protocol/texts/translate.js';

/** What is said to agents about mails. */
export const say = translator(serverTexts, 'en');

/** What is said to customers in mails. */
export const sayIn = (language: string): Translate<keyof (typeof serverTexts)['en']> =>
  translator(serverTexts, language);
