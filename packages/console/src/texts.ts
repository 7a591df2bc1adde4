import type { ErrorCode, MailProvider } from '@helpline/protocol';
import { consoleTexts } from '@helpline/protocol/texts/console.js';
import { serverTexts } from '@helpline/protocol/texts/server.js';
import { type Language, languages, translator } from '@helpline/protocol/texts/translate.js';
import { HelplineError } from '@helpline/sdk/agent';

export const locale = navigator.language;
/** The language our own texts come out in; dates and numbers follow `locale`. */
export const language: Language = languages.find((one) => one === locale.toLowerCase().split('-')[0]) ?? languages[0];

export const t = translator(consoleTexts, locale);

const errorTitle = translator(serverTexts, locale);

/** What kind of thing went wrong. */
export const sayKind = (error: HelplineError): string => errorTitle(error.code);

/** What went wrong, in words for an agent. */
export function sayError(error: unknown): string {
  if (!(error instanceof HelplineError)) return errorTitle('internal');
  const { detail } = error.problem;
  return detail ? `${sayKind(error)} ${detail}` : sayKind(error);
}

/** What is special about signing in at a mail provider. */
export const sayHint = ({ id }: MailProvider): string => errorTitle(`mailserver.hint.${id}`);

/** Why one of many was not done. */
export const sayRefusal = ({ code, detail }: { code: ErrorCode; detail?: string | undefined }): string =>
  detail ? `${errorTitle(code)} ${detail}` : errorTitle(code);
