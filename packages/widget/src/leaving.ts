import { HelplineError } from '@helpline/sdk';
import type { ChatClient } from './chat-session.js';

interface Message {
  text: string;
  address: string;
  name: string;
}

/** A message that the visitor leaves while nobody is there. */
export class Leaving {
  readonly #client: ChatClient;
  readonly #changed: () => void;
  #tried = { text: '', clientId: '' };
  isBusy = false;
  trouble: 'widget.leave_refused' | 'widget.leave_failed' | null = null;

  constructor(client: ChatClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Tells whether it was left. */
  async leave(message: Message): Promise<boolean> {
    this.#become(true, null);
    try {
      await this.#client.leaveMessage({ clientId: this.#idFor(message.text), ...message });
      this.#become(false, null);
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#become(false, error.code === 'bad_request' ? 'widget.leave_refused' : 'widget.leave_failed');
    }
    return this.trouble === null;
  }

  /** The same for each try of the same words, so that they are left once. */
  #idFor(text: string): string {
    if (text !== this.#tried.text) this.#tried = { text, clientId: crypto.randomUUID() };
    return this.#tried.clientId;
  }

  #become(isBusy: boolean, trouble: Leaving['trouble']): void {
    this.isBusy = isBusy;
    this.trouble = trouble;
    this.#changed();
  }
}
