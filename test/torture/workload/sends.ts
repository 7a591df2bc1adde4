import type { HelplineError } from '@helpline/sdk';
import type { Ending, NewRecord } from '../history.js';

/** A message on its way, as the SDK shows it. */
interface Sending {
  readonly clientId: string;
  readonly state: 'pending' | 'sent' | 'failed';
  readonly error: HelplineError | null;
}

/** Notes in the history how each message of a client ended. */
export class Sends {
  readonly #underWay = new Map<Sending, Ending>();

  get count(): number {
    return this.#underWay.size;
  }

  add(sending: Sending, ending: Ending): void {
    this.#underWay.set(sending, ending);
  }

  /** Ends what is over by now. `found` says where the entry of a clientId stands; `failed` hears of refusals. */
  look(found: (clientId: string) => Partial<NewRecord>, failed: (sending: Sending) => void = () => {}): void {
    for (const [sending, ending] of this.#underWay) {
      if (sending.state === 'pending') continue;
      this.#underWay.delete(sending);
      if (sending.state === 'sent') ending('ok', found(sending.clientId));
      else {
        ending('fail', { error: sending.error?.code ?? 'unknown' });
        failed(sending);
      }
    }
  }

  /** Whoever wrote them goes away: nobody will ever tell him how they ended. */
  giveUp(): void {
    for (const ending of this.#underWay.values()) ending('info');
    this.#underWay.clear();
  }
}
