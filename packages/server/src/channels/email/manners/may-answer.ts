import type { Payloads } from '@helpline/protocol';
import { normalAddress } from '../../../contacts/index.js';

/** Why no machine of ours may answer a message. */
export type Silence =
  | 'no_mail'
  | 'history'
  | 'machine'
  | 'asks_for_none'
  | 'own_address'
  | 'nobody_reads'
  | 'trouble'
  | 'answered';

export interface AnswerFacts {
  /** The addresses of the workspace's own mailboxes. */
  own: ReadonlySet<string>;
  /** His address is known to be dead, or he has complained. */
  inTrouble: boolean;
  /** A machine of ours wrote to him less than a day ago. */
  answeredLately: boolean;
}

/** Whoever an automatic answer would go to. */
export function answerAddress(message: Pick<Payloads['message'], 'mail'>): string {
  const { replyTo, from } = message.mail ?? {};
  return normalAddress(replyTo?.address || from?.address || '');
}

/** Null where a machine may answer: a person wrote by mail just now, reads what comes back, and got no such answer lately. */
export function reasonForSilence(
  message: Pick<Payloads['message'], 'mail' | 'automatic'>,
  { own, inTrouble, answeredLately }: AnswerFacts,
): Silence | null {
  const { mail, automatic } = message;
  if (!mail) return 'no_mail';
  if (mail.history) return 'history';
  if (automatic || mail.mailClass !== 'human') return 'machine';
  if (mail.returnPathEmpty) return 'asks_for_none';
  const addresses = [answerAddress(message), normalAddress(mail.from.address)];
  if (addresses.some((address) => own.has(address))) return 'own_address';
  if (addresses.some((address) => !address.includes('@') || nobody.test(address))) return 'nobody_reads';
  if (inTrouble) return 'trouble';
  return answeredLately ? 'answered' : null;
}

const nobody =
  /^(no|not|do[-_.]?not|dont)[-_.]?(reply|answer|respond)|^(mailer-?daemon|post-?master|bounces?|abuse|list-?server|majordomo)\b|[-+]request@|-bounces@|^owner-|-owner@/i;
