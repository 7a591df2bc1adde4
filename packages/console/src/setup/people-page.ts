import type { Person, Team } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { managesStaff, reachesSetup, readsSetup } from './may.js';
import { toPerson } from './route.js';
import { setupStyles } from './setup-styles.js';

interface Shown {
  people: Person[];
  teams: Team[];
}

/** Who works here: what each may do, and how much each takes. */
export class PeoplePage extends StoreElement {
  readonly #shown = new Loaded<Shown>(this, {
    wanted: () => (reachesSetup(this.store.state) ? 'people' : null),
    load: () => this.#load(),
    looksAgain: () => true,
  });

  override render() {
    const { state } = this.store;
    if (!readsSetup(state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`
      <section class="page">
        <header>
          <h2>${t('console.people')}</h2>
          ${managesStaff(state) ? html`<a class="button" href=${toPerson('new')}>${t('console.people.add')}</a>` : nothing}
        </header>
        <p class="muted">${t('console.people.hint')}</p>
        ${this.#shown.render((shown) => this.#renderList(shown))}
      </section>
    `;
  }

  #renderList({ people, teams }: Shown) {
    const inOrder = people.toSorted((a, b) => Number(b.isActive) - Number(a.isActive));
    return html`<ul class="rows">
      ${repeat(
        inOrder,
        ({ id }) => id,
        (person) => this.#renderPerson(person, teams),
      )}
    </ul>`;
  }

  #renderPerson(person: Person, teams: Team[]) {
    const { id, name, email, role, teamIds, capacity, isActive, isTrainee, skills } = person;
    const his = teams.filter((team) => teamIds.includes(team.id)).map((team) => team.name);
    const verb = t(managesStaff(this.store.state) ? 'console.setup.edit' : 'console.setup.show');
    return html`<li class=${isActive ? '' : 'gone'}>
      <div class="what">
        <p class="name"><bdi>${name}</bdi> ${isActive && isTrainee ? html`<span class="tag">${t('console.people.trainee')}</span>` : nothing}</p>
        <p class="muted"><bdi>${email}</bdi></p>
        ${isActive && person.hasOneTimePassword ? html`<p class="muted">${t('console.people.one_time')}</p>` : nothing}
      </div>
      <div class="what muted">
        <p>${isActive ? t(`console.people.role_name.${role}`) : t('console.people.left')}${his.map((team) => html` · <bdi>${team}</bdi>`)}</p>
        ${isActive ? html`<p>${t('console.people.takes', capacity)}${skills.map(({ skill, level }) => html` · <bdi>${skill}</bdi> ${level}`)}</p>` : nothing}
      </div>
      <a href=${toPerson(id)} aria-label="${verb}: ${name}">${verb}</a>
    </li>`;
  }

  async #load(): Promise<Shown> {
    const { setup } = this.store.client;
    const [people, teams] = await Promise.all([setup.people(), setup.teams()]);
    return { people, teams };
  }

  static override styles = [controls, pageStyles, setupStyles];
}
customElements.define('console-people', PeoplePage);
