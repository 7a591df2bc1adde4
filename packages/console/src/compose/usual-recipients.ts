import type { Output } from '@helpline/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OpenConversation } from '../client.js';
import { isCustomer } from '../entries/context.js';
import { answersGoBy } from './answers-by.js';

type Usual = Output<'conversation.recipients'>;

/** Knows whom an answer by mail goes to, unless one says otherwise. */
export class UsualRecipients implements ReactiveController {
  readonly #host: ReactiveControllerHost & { open: OpenConversation };
  #askedFor = '';
  #known: Usual | null = null;

  constructor(host: ReactiveControllerHost & { open: OpenConversation }) {
    this.#host = host;
    host.addController(this);
  }

  /** Null until that is known. */
  get known(): Usual | null {
    return this.#known;
  }

  hostUpdate(): void {
    void this.#ask(this.#host.open);
  }

  /** Asked anew whenever the customer wrote. */
  async #ask(open: OpenConversation): Promise<void> {
    const last = open.entries.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor));
    const asking = `${open.id} ${last?.seq ?? 0}`;
    if (asking === this.#askedFor || answersGoBy(open) !== 'email') return;
    this.#askedFor = asking;
    this.#known = null;
    const usual = await open.recipients().catch(() => null);
    if (asking !== this.#askedFor) return;
    this.#known = usual;
    this.#host.requestUpdate();
  }
}
