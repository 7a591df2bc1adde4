import type { Inbox, Person, Team } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { renderRefusal, renderSelect, renderText } from './fields.js';
import { managesRouting, reachesSetup, readsSetup } from './may.js';
import { Sending } from './sending.js';
import { setupStyles } from './setup-styles.js';
import './question.js';

interface Shown {
  teams: Team[];
  people: Person[];
}

/** The departments, and which inbox gives to which. */
export class TeamsPage extends StoreElement {
  static override properties = { ...StoreElement.properties, editing: { state: true }, draft: { state: true } };
  /** A team's id, or `new`; null where none is being changed. */
  declare editing: string | null;
  declare draft: Omit<Team, 'id'>;
  readonly #sending = new Sending(this);
  readonly #shown = new Loaded<Shown>(this, {
    wanted: () => (reachesSetup(this.store.state) ? 'teams' : null),
    load: () => this.#load(),
    looksAgain: () => this.editing === null,
  });

  constructor() {
    super();
    this.editing = null;
    this.draft = { name: '', escalatesTo: null };
  }

  override render() {
    const { state } = this.store;
    if (!readsSetup(state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`
      <section class="page">
        <header>
          <h2>${t('console.teams')}</h2>
          ${
            managesRouting(state) && this.editing === null
              ? html`<button type="button" class="primary" @click=${() => this.#edit(null)}>${t('console.teams.add')}</button>`
              : nothing
          }
        </header>
        <p class="muted">${t('console.teams.hint')}</p>
        ${this.#shown.render(
          (shown) => html`
          ${this.editing === 'new' ? this.#renderForm(shown.teams) : nothing}
          ${this.#renderList(shown)}
          ${shown.teams.length > 0 ? this.#renderInboxes(shown.teams) : nothing}
        `,
        )}
      </section>
      <console-question></console-question>
    `;
  }

  #renderList({ teams, people }: Shown) {
    if (teams.length === 0)
      return this.editing === 'new'
        ? nothing
        : html`<div class="state">
            ${icon('team')}
            <p>${t('console.teams.none')}</p>
            <p>${t('console.teams.none_hint')}</p>
          </div>`;
    return html`<ul class="rows">
      ${repeat(
        teams,
        ({ id }) => id,
        (team) =>
          html`<li>${team.id === this.editing ? this.#renderForm(teams) : this.#renderTeam(team, teams, people)}</li>`,
      )}
    </ul>`;
  }

  #renderTeam(team: Team, teams: Team[], people: Person[]) {
    const above = teams.find(({ id }) => id === team.escalatesTo)?.name;
    const names = people
      .filter(({ isActive, teamIds }) => isActive && teamIds.includes(team.id))
      .map(({ name }) => name);
    return html`
      <div class="what">
        <p class="name"><bdi>${team.name}</bdi></p>
        <p class="muted">${names.length > 0 ? t('console.teams.members', { names: names.join(', ') }) : t('console.teams.no_members')}</p>
        ${above ? html`<p class="muted">${t('console.teams.escalates_to', { team: above })}</p>` : nothing}
      </div>
      ${
        managesRouting(this.store.state)
          ? html`<p class="answers">
              <button type="button" aria-label="${t('console.setup.edit')}: ${team.name}" @click=${() => this.#edit(team)}>
                ${t('console.setup.edit')}
              </button>
              <button type="button" aria-label="${t('console.setup.remove')}: ${team.name}" @click=${() => this.#remove(team)}>
                ${t('console.setup.remove')}
              </button>
            </p>`
          : nothing
      }
    `;
  }

  #renderForm(teams: Team[]) {
    const { draft, editing } = this;
    const { refused, isBusy } = this.#sending;
    const name = { pointer: '/name', label: t('console.teams.name'), value: draft.name, maxlength: 60 };
    const others = teams.filter(({ id }) => id !== editing).map(({ id, name: one }) => [id, one] as const);
    const options = [['', t('console.setup.nobody')] as const, ...others];
    const above = {
      pointer: '/escalatesTo',
      label: t('console.teams.escalates'),
      value: draft.escalatesTo ?? '',
      options,
    };
    return html`<form class="grow" @submit=${this.#submit} aria-label=${draft.name || t('console.teams.add')}>
      <fieldset>
        ${renderText(name, refused, (value) => this.#change({ name: value }))}
        ${renderSelect(above, refused, (value) => this.#change({ escalatesTo: value || null }))}
      </fieldset>
      ${renderRefusal(refused, (pointer) => pointer === '/name' || pointer === '/escalatesTo')}
      <p class="answers">
        <button type="button" @click=${() => this.#close()}>${t('console.cancel')}</button>
        <button class="primary" aria-disabled=${isBusy}>${t('console.setup.save')}</button>
      </p>
    </form>`;
  }

  #renderInboxes(teams: Team[]) {
    const inboxes = [...this.store.state.inboxes.values()];
    const options = [['', t('console.teams.everybody')] as const, ...teams.map(({ id, name }) => [id, name] as const)];
    return html`
      <h3>${t('console.teams.inboxes')}</h3>
      <p class="muted">${t('console.teams.inboxes_hint')}</p>
      <ul class="rows">
        ${inboxes.map((inbox) => this.#renderInbox(inbox, options))}
      </ul>
    `;
  }

  #renderInbox({ id, name, brand, teamId }: Inbox, options: readonly (readonly [string, string])[]) {
    const mayChange = managesRouting(this.store.state);
    const label = `${t('console.teams.of_inbox')}: ${name}`;
    const field = { pointer: `inbox-${id}`, label, value: teamId ?? '', options, isBare: true };
    return html`<li>
      <div class="what">
        <p class="name"><bdi>${name}</bdi></p>
        <p class="muted"><bdi>${brand.name}</bdi></p>
      </div>
      <div>
        ${
          mayChange
            ? renderSelect(field, null, (value) => void this.#setTeam(id, value || null))
            : (options.find(([one]) => one === (teamId ?? ''))?.[1] ?? '')
        }
      </div>
    </li>`;
  }

  #change(change: Partial<Omit<Team, 'id'>>): void {
    this.draft = { ...this.draft, ...change };
  }

  async #edit(team: Team | null): Promise<void> {
    this.draft = { name: team?.name ?? '', escalatesTo: team?.escalatesTo ?? null };
    this.editing = team?.id ?? 'new';
    this.#sending.refused = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('form input')?.focus();
  }

  async #close(): Promise<void> {
    this.editing = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('header button')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { editing, draft } = this;
    const { setup } = this.store.client;
    const done = await this.#sending.send(() =>
      editing === null || editing === 'new' ? setup.addTeam(draft) : setup.updateTeam(editing, draft),
    );
    if (!done) return;
    await this.#shown.load();
    await this.#close();
  }

  async #remove({ id, name }: Team): Promise<void> {
    const question = {
      title: t('console.teams.remove_title', { name }),
      hint: t('console.teams.remove_hint'),
      action: t('console.setup.remove'),
      isDangerous: true,
    };
    if (!(await this.renderRoot.querySelector('console-question')?.ask(question))) return;
    if (await this.store.attempt(this.store.client.setup.removeTeam(id))) this.store.say(t('console.teams.removed'));
    await this.#shown.load();
  }

  async #setTeam(inboxId: string, teamId: string | null): Promise<void> {
    if (await this.store.attempt(this.store.client.setup.setTeamOfInbox(inboxId, teamId)))
      this.store.say(t('console.setup.saved'));
    await this.store.attempt(this.store.loadInboxes());
  }

  async #load(): Promise<Shown> {
    const { setup } = this.store.client;
    const [teams, people] = await Promise.all([setup.teams(), setup.people()]);
    return { teams, people };
  }

  static override styles = [controls, pageStyles, setupStyles];
}
customElements.define('console-teams', TeamsPage);
