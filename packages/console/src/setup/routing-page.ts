import type { RoutingOf, SetRouting, Team } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { managesRouting, reachesSetup, readsSetup } from './may.js';
import { toRouting } from './route.js';
import { setupStyles } from './setup-styles.js';

interface Shown {
  set: SetRouting[];
  teams: Team[];
}

/** How what waits is given out: everywhere, and where it differs. */
export class RoutingPage extends StoreElement {
  readonly #shown = new Loaded<Shown>(this, {
    wanted: () => (reachesSetup(this.store.state) ? 'routing' : null),
    load: () => this.#load(),
    looksAgain: () => true,
  });

  override render() {
    if (!readsSetup(this.store.state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`<section class="page">
      <header><h2>${t('console.routing')}</h2></header>
      <p class="muted">${t('console.routing.hint')}</p>
      ${this.#shown.render((shown) => this.#renderAll(shown))}
    </section>`;
  }

  #renderAll({ set, teams }: Shown) {
    const inboxes = [...this.store.state.inboxes.values()];
    return html`
      <ul class="rows">${this.#renderRow({ kind: 'workspace' }, t('console.routing.workspace'), set)}</ul>
      ${
        inboxes.length > 0
          ? html`<h3>${t('console.routing.inboxes')}</h3>
              <ul class="rows">${inboxes.map(({ id, name }) => this.#renderRow({ kind: 'inbox', id }, name, set))}</ul>`
          : nothing
      }
      ${
        teams.length > 0
          ? html`<h3>${t('console.routing.teams')}</h3>
              <ul class="rows">${teams.map(({ id, name }) => this.#renderRow({ kind: 'team', id }, name, set))}</ul>`
          : nothing
      }
    `;
  }

  #renderRow(of: RoutingOf, name: string, set: SetRouting[]) {
    const own = set.find((one) => isSame(one.of, of));
    const verb = t(managesRouting(this.store.state) ? 'console.setup.edit' : 'console.setup.show');
    const otherwise = t(of.kind === 'workspace' ? 'console.routing.usual' : 'console.routing.as_workspace');
    return html`<li>
      <div class="what">
        <p class="name"><bdi>${name}</bdi></p>
        <p class="muted">
          ${own ? html`${t('console.routing.own')} · ${t(`console.routing.strategy.${own.settings.strategy}`)}` : otherwise}
        </p>
      </div>
      <a href=${toRouting(of)} aria-label="${verb}: ${name}">${verb}</a>
    </li>`;
  }

  async #load(): Promise<Shown> {
    const { setup } = this.store.client;
    const [set, teams] = await Promise.all([setup.routing(), setup.teams()]);
    return { set, teams };
  }

  static override styles = [controls, pageStyles, setupStyles];
}

export const isSame = (a: RoutingOf, b: RoutingOf): boolean =>
  a.kind === b.kind && (a.kind === 'workspace' || b.kind === 'workspace' || a.id === b.id);

customElements.define('console-routing', RoutingPage);
