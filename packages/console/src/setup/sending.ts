import { HelplineError } from '@helpline/sdk/agent';
import type { LitElement } from 'lit';
import type { Refused } from '../mailboxes/form/field.js';

/** A form on its way: one at a time, and what the server refuses stands at its fields, the first of which has the focus. */
export class Sending {
  refused: Refused = null;
  isBusy = false;
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** What came of it; null where it was refused, or another is still on its way. */
  async send<Done>(work: () => Promise<Done>): Promise<Done | null> {
    if (this.isBusy) return null;
    this.#become({ isBusy: true, refused: null });
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#become({ refused: error });
      void this.#goToFirstError();
      return null;
    } finally {
      this.#become({ isBusy: false });
    }
  }

  async #goToFirstError(): Promise<void> {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #become(change: Partial<Pick<Sending, 'refused' | 'isBusy'>>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}
