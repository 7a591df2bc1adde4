import type { Person, PersonSettings, Team } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { renderRefusal } from './fields.js';
import { managesStaff, reachesSetup, readsSetup } from './may.js';
import { hasPersonField, newPerson, renderPersonFields, settingsOf } from './person-fields.js';
import { toPeople, toPerson } from './route.js';
import { Sending } from './sending.js';
import { setupStyles } from './setup-styles.js';
import './one-time-password.js';
import './question.js';

interface Shown {
  /** Null for somebody new. */
  person: Person | null;
  teams: Team[];
}

/** One person: what he may do, where, how much he takes and what he can; whether he may come in at all. */
export class PersonPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    personId: { attribute: false },
    draft: { state: true },
    email: { state: true },
  };
  /** `new` for somebody who is to be added. */
  declare personId: string;
  /** What was changed; null as long as nothing was. */
  declare draft: PersonSettings | null;
  declare email: string;
  readonly #sending = new Sending(this);
  readonly #shown = new Loaded<Shown>(this, {
    wanted: () => (reachesSetup(this.store.state) ? this.personId : null),
    load: () => this.#load(this.personId),
  });

  constructor() {
    super();
    this.draft = null;
    this.email = '';
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('personId')) this.draft = null;
  }

  override render() {
    if (!readsSetup(this.store.state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`
      <section class="page">
        <a class="back" href=${toPeople}>${icon('back')}${t('console.people.back')}</a>
        ${this.#shown.render((shown) => this.#renderPerson(shown))}
      </section>
      <console-one-time-password></console-one-time-password>
      <console-question></console-question>
    `;
  }

  #renderPerson({ person, teams }: Shown) {
    const { state } = this.store;
    const { refused, isBusy } = this.#sending;
    const mayChange = managesStaff(state);
    const draft = this.draft ?? (person ? settingsOf(person) : newPerson);
    return html`
      <header>
        <h2><bdi>${person?.name ?? t('console.people.new')}</bdi></h2>
        ${person ? html`<p class="muted"><bdi>${person.email}</bdi></p>` : nothing}
      </header>
      ${mayChange ? nothing : html`<p class="muted">${t('console.setup.read_only')}</p>`}
      <form @submit=${(event: SubmitEvent) => this.#submit(event, person, draft)} aria-label=${person?.name ?? t('console.people.new')}>
        <fieldset class="all" ?disabled=${!mayChange}>
          ${renderPersonFields({
            draft,
            email: person ? null : this.email,
            teams,
            inboxes: [...state.inboxes.values()],
            refused,
            onChange: (change) => {
              this.draft = { ...(this.draft ?? draft), ...change };
            },
            onEmail: (email) => {
              this.email = email;
            },
          })}
        </fieldset>
        ${renderRefusal(refused, hasPersonField)}
        ${
          mayChange
            ? html`<p class="answers">
                <button class="primary" aria-disabled=${isBusy}>${t(person ? 'console.setup.save' : 'console.people.add')}</button>
                ${person ? this.#renderAccess(person) : nothing}
              </p>`
            : nothing
        }
      </form>
    `;
  }

  /** Nobody takes away his own access. */
  #renderAccess(person: Person) {
    if (person.id === this.store.state.me?.id) return nothing;
    if (!person.isActive)
      return html`<button type="button" @click=${() => this.#reactivate(person)}>${t('console.people.reactivate')}</button>`;
    return html`
      <button type="button" @click=${() => this.#reset(person)}>${t('console.people.reset')}</button>
      <button type="button" @click=${() => this.#deactivate(person)}>${t('console.people.deactivate')}</button>
    `;
  }

  async #submit(event: SubmitEvent, person: Person | null, draft: PersonSettings): Promise<void> {
    event.preventDefault();
    if (person) await this.#save(person, draft);
    else await this.#add(draft);
  }

  async #save({ id }: Person, draft: PersonSettings): Promise<void> {
    const saved = await this.#sending.send(() => this.store.client.setup.updatePerson(id, draft));
    if (!saved) return;
    this.draft = null;
    await this.#shown.load();
    this.store.say(t('console.setup.saved'));
    void this.store.attempt(this.store.loadAgents());
  }

  async #add(draft: PersonSettings): Promise<void> {
    const { email } = this;
    const added = await this.#sending.send(() => this.store.client.setup.addPerson({ email, ...draft }));
    if (!added) return;
    this.email = '';
    this.store.say(t('console.people.added', { name: added.person.name }));
    void this.store.attempt(this.store.loadAgents());
    await this.#showPassword(added.person, added.password);
    location.hash = toPerson(added.person.id);
  }

  async #reset(person: Person): Promise<void> {
    const question = {
      title: t('console.people.reset_title', { name: person.name }),
      hint: t('console.people.reset_hint'),
      action: t('console.people.reset'),
    };
    if (!(await this.#ask(question))) return;
    const done = await this.#sending.send(() => this.store.client.setup.resetPassword(person.id));
    if (done) await this.#showPassword(done.person, done.password);
    await this.#shown.load();
  }

  async #deactivate({ id, name }: Person): Promise<void> {
    const question = {
      title: t('console.people.deactivate_title', { name }),
      hint: t('console.people.deactivate_hint'),
      action: t('console.people.deactivate'),
      isDangerous: true,
    };
    if (!(await this.#ask(question))) return;
    if (await this.#sending.send(() => this.store.client.setup.deactivatePerson(id)))
      this.store.say(t('console.people.deactivated', { name }));
    await this.#shown.load();
    void this.store.attempt(this.store.loadAgents());
  }

  async #reactivate(person: Person): Promise<void> {
    const question = {
      title: t('console.people.reactivate_title', { name: person.name }),
      hint: t('console.people.reactivate_hint'),
      action: t('console.people.reactivate'),
    };
    if (!(await this.#ask(question))) return;
    const done = await this.#sending.send(() => this.store.client.setup.reactivatePerson(person.id));
    if (done) await this.#showPassword(done.person, done.password);
    await this.#shown.load();
    void this.store.attempt(this.store.loadAgents());
  }

  async #ask(question: Parameters<HTMLElementTagNameMap['console-question']['ask']>[0]): Promise<boolean> {
    return (await this.renderRoot.querySelector('console-question')?.ask(question)) ?? false;
  }

  async #showPassword({ name }: Person, password: string): Promise<void> {
    await this.renderRoot.querySelector('console-one-time-password')?.show(name, password);
  }

  async #load(personId: string): Promise<Shown> {
    const { setup } = this.store.client;
    const [people, teams] = await Promise.all([setup.people(), setup.teams()]);
    const person = people.find(({ id }) => id === personId) ?? null;
    if (!person && personId !== 'new') throw notThere();
    return { person, teams };
  }

  static override styles = [controls, pageStyles, setupStyles];
}

const notThere = (): HelplineError => new HelplineError({ code: 'not_found', status: 404, title: 'not_found' });

customElements.define('console-person', PersonPage);
