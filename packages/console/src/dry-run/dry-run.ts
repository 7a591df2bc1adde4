import type { DryRunResult, RoutingOf, RoutingSettings } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { failed } from '../ui/states.js';
import { StoreElement } from '../ui/store-element.js';
import { dryRunStyles } from './dry-run-styles.js';
import { renderResult } from './render-result.js';

const askEveryMs = 500;

/** Tries settings on the last days, before they are saved. */
export class DryRun extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    of: { attribute: false },
    settings: { attribute: false },
    result: { state: true },
    error: { state: true },
    done: { state: true },
  };
  declare of: RoutingOf;
  declare settings: RoutingSettings;
  declare result: DryRunResult | null;
  declare error: HelplineError | null;
  /** How far it has come, from 0 to 1; null while nothing runs. */
  declare done: number | null;
  /** Of several that were begun only the last one counts. */
  #latest = 0;

  constructor() {
    super();
    this.result = null;
    this.error = null;
    this.done = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#latest++;
  }

  override render() {
    const isBusy = this.done !== null;
    return html`
      <section aria-labelledby="title">
        <h3 id="title">${t('console.dry_run')}</h3>
        <p class="muted">${t('console.dry_run.hint')}</p>
        <form @submit=${this.#submit}>
          <label>${t('console.dry_run.days')}<input name="days" type="number" min="1" max="31" value="7" required /></label>
          <label>${t('console.dry_run.limit')}<input name="limit" type="number" min="1" max="1440" value="10" required /></label>
          <button aria-disabled=${isBusy}>${t('console.dry_run.go')}</button>
        </form>
        <div role="status">${isBusy ? this.#renderProgress(this.done ?? 0) : nothing}</div>
        ${this.error ? failed(this.error, () => this.renderRoot.querySelector('form')?.requestSubmit()) : nothing}
        ${this.result && !isBusy ? renderResult(this.result, this.store.state.agents) : nothing}
      </section>
    `;
  }

  #renderProgress(done: number) {
    const percent = Math.round(done * 100);
    const said = t('console.dry_run.working', { percent });
    return html`<p>${said}</p><progress max="100" value=${percent} aria-label=${said}></progress>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement) || this.done !== null) return;
    const filled = new FormData(event.target);
    void this.#try(Number(filled.get('days')), Number(filled.get('limit')));
  };

  async #try(days: number, breachMinutes: number): Promise<void> {
    const run = ++this.#latest;
    const { of, settings } = this;
    this.error = null;
    this.done = 0;
    try {
      const result = await this.#outcome(run, { of, settings, days, breachMinutes });
      if (run === this.#latest) this.result = result;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      if (run === this.#latest) this.error = error;
    }
    if (run === this.#latest) this.done = null;
  }

  /** Null once nobody waits for it any more. */
  async #outcome(
    run: number,
    asked: Parameters<typeof this.store.client.setup.dryRun>[0],
  ): Promise<DryRunResult | null> {
    const { setup } = this.store.client;
    const runId = await setup.dryRun(asked);
    while (run === this.#latest) {
      const { done, result } = await setup.dryRunResult(runId);
      if (result) return result;
      this.done = done;
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
    return null;
  }

  static override styles = [controls, dryRunStyles];
}

customElements.define('console-dry-run', DryRun);

declare global {
  interface HTMLElementTagNameMap {
    'console-dry-run': DryRun;
  }
}
