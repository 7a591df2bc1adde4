import { deadWords, plainlyDeadWords, refusedWords, senderWords } from './reason-words.js';

/** Why a mail came back, as far as it matters: is the address dead, or may it work another day? */
export type Reason = 'dead' | 'refused' | 'unclear';

export interface Circumstances {
  status: string | null;
  action: string | null;
  /** What the server said it to. */
  answered: 'recipient' | 'text' | null;
}

/** Plain words of the mail server come before its codes, which are often wrong; vague words come after them. */
export function readReason(diagnostic: string, { status, action, answered }: Circumstances): Reason {
  const text = diagnostic
    .slice(0, 20_000)
    .replace(/https?:\/\/([^/\s]{1,200})\S{0,500}/g, '$1')
    .replace(/\s+/g, ' ');
  const codes = [status, ...(text.match(/\b[45]\.\d{1,3}\.\d{1,3}\b/g) ?? [])].filter(isMeaningful);
  const gaveUp = action === 'failed' && status?.startsWith('4.1.') && plainlyDeadWords.test(text);
  if ((status?.startsWith('4.') && !gaveUp) || senderWords.test(text) || codes.some(isAboutSender)) return 'refused';
  if (plainlyDeadWords.test(text)) return answered !== 'recipient' && codes.some(meansRefused) ? 'refused' : 'dead';
  if (refusedWords.test(text)) return 'refused';
  const [code] = codes;
  if (code && deadCodes.has(code)) return 'dead';
  if (deadWords.test(text)) return 'dead';
  return code ? 'refused' : 'unclear';
}

/** The reasons a report in words gives, line by line: several recipients fail for several reasons. */
export function readReasonOfText(lines: string[], answered: Circumstances['answered']): Reason {
  const read = (line: string) => readReason(line, { status: null, action: null, answered });
  const reasons = lines.map(read);
  if (reasons.includes('dead')) return 'dead';
  return reasons.includes('refused') ? 'refused' : read(lines.join(' '));
}

const deadCodes = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4']);

/** 5.0.0 and 4.0.0 say nothing. */
function isMeaningful(status: string | null): status is string {
  return status !== null && !/^[45]\.0\.0$/.test(status);
}

const isAboutSender = (code: string): boolean => /^5\.1\.[78]$/.test(code);
/** The mailbox is there, or a policy spoke. Words against it count only if the server was asked for the recipient. */
const meansRefused = (code: string): boolean => /^5\.(2\.[1-4]|7\.1)$/.test(code);
