import { type RoutingOf, type RoutingSettings, type SetRouting, type Team, usualRouting } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { renderRefusal } from './fields.js';
import { managesRouting, reachesSetup, readsSetup } from './may.js';
import { toRoutings } from './route.js';
import { renderClosed, renderOverflow, renderWhoGetsIt, renderWork } from './routing-fields.js';
import { isSame } from './routing-page.js';
import { Sending } from './sending.js';
import { setupStyles } from './setup-styles.js';
import { renderSkills } from './skill-fields.js';
import '../dry-run/dry-run.js';
import './hours-preview.js';
import './question.js';

interface Shown {
  set: SetRouting[];
  teams: Team[];
}

/** How what waits is given out of one inbox, of one team, or of everything. */
export class RoutingSettingsPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    of: { attribute: false },
    draft: { state: true },
  };
  declare of: RoutingOf;
  /** What was changed; null as long as nothing was. */
  declare draft: RoutingSettings | null;
  readonly #sending = new Sending(this);
  readonly #shown = new Loaded<Shown>(this, {
    wanted: () => (reachesSetup(this.store.state) ? JSON.stringify(this.of) : null),
    load: () => this.#load(),
  });

  constructor() {
    super();
    this.draft = null;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const before = changed.get('of') as RoutingOf | undefined;
    if (before && !isSame(before, this.of)) this.draft = null;
  }

  override render() {
    if (!readsSetup(this.store.state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`
      <section class="page">
        <a class="back" href=${toRoutings}>${icon('back')}${t('console.routing.back')}</a>
        ${this.#shown.render((shown) => this.#renderSettings(shown))}
      </section>
      <console-question></console-question>
    `;
  }

  #renderSettings(shown: Shown) {
    const own = shown.set.find((one) => isSame(one.of, this.of));
    const title = this.#titleOf(shown.teams);
    const mayChange = managesRouting(this.store.state);
    const draft = this.draft ?? own?.settings ?? this.#wider(shown.set);
    const { refused, isBusy } = this.#sending;
    return html`
      <header><h2>${title}</h2></header>
      ${mayChange ? nothing : html`<p class="muted">${t('console.setup.read_only')}</p>`}
      ${own ? nothing : html`<p class="muted">${t(this.of.kind === 'workspace' ? 'console.routing.usual_hint' : 'console.routing.not_set')}</p>`}
      <form @submit=${(event: SubmitEvent) => this.#submit(event, draft)} aria-label=${title}>
        <fieldset class="all" ?disabled=${!mayChange}>${this.#renderFields(draft, shown.teams)}</fieldset>
        ${renderRefusal(refused, hasField)}
        ${
          mayChange
            ? html`<p class="answers">
                <button class="primary" aria-disabled=${isBusy}>${t('console.setup.save')}</button>
                ${own ? html`<button type="button" @click=${this.#unset}>${t('console.routing.unset')}</button>` : nothing}
              </p>`
            : nothing
        }
      </form>
      <console-dry-run .store=${this.store} .of=${this.of} .settings=${draft}></console-dry-run>
    `;
  }

  #renderFields(draft: RoutingSettings, teams: Team[]) {
    const { refused } = this.#sending;
    const onChange = (change: Partial<RoutingSettings>): void => {
      this.draft = { ...(this.draft ?? draft), ...change };
    };
    const fields = {
      draft,
      teams: teams.filter(({ id }) => this.of.kind !== 'team' || id !== this.of.id),
      refused,
      onChange,
    };
    return html`
      ${renderWhoGetsIt(fields)}
      ${renderSkills(t('console.routing.skills'), '/settings/skills', draft.skills, refused, (skills) => onChange({ skills }))}
      ${renderOverflow(fields)}
      ${renderClosed(fields, draft.hours && html`<console-hours-preview .store=${this.store} .hours=${draft.hours}></console-hours-preview>`)}
      ${renderWork(fields)}
    `;
  }

  #titleOf(teams: Team[]): string {
    const { of } = this;
    if (of.kind === 'workspace') return t('console.routing.title_workspace');
    const named = of.kind === 'inbox' ? this.store.state.inboxes.get(of.id) : teams.find(({ id }) => id === of.id);
    return t('console.routing.title', { name: named?.name ?? of.id });
  }

  /** What holds as long as nothing is set here. */
  #wider(set: SetRouting[]): RoutingSettings {
    return set.find((one) => one.of.kind === 'workspace')?.settings ?? usualRouting;
  }

  async #submit(event: SubmitEvent, draft: RoutingSettings): Promise<void> {
    event.preventDefault();
    if (!(await this.#sending.send(() => this.store.client.setup.setRouting(this.of, draft)))) return;
    await this.#shown.load();
    this.draft = null;
    this.store.say(t('console.setup.saved'));
  }

  readonly #unset = async (): Promise<void> => {
    const question = {
      title: t('console.routing.unset_title'),
      hint: t('console.routing.unset_hint'),
      action: t('console.routing.unset'),
    };
    if (!(await this.renderRoot.querySelector('console-question')?.ask(question))) return;
    if (!(await this.store.attempt(this.store.client.setup.unsetRouting(this.of)))) return;
    await this.#shown.load();
    this.draft = null;
    this.store.say(t('console.routing.unset_done'));
  };

  async #load(): Promise<Shown> {
    const { setup } = this.store.client;
    const [set, teams] = await Promise.all([setup.routing(), setup.teams()]);
    return { set, teams };
  }

  static override styles = [controls, pageStyles, setupStyles];
}

const hasField = (pointer: string): boolean =>
  /^\/settings\/(offerSeconds|stickyHours|anybodyAfterSeconds|wrapUpSeconds|ceilings\/.*|skills\/\d+\/.*|overflow\/\d+\/.*|hours\/(timeZone|days.*|holidays\/.*)|whenClosed\/teamId)$/.test(
    pointer,
  );

customElements.define('console-routing-settings', RoutingSettingsPage);
