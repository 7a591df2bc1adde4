import { type Agent, type Availability, limitOf, may } from '@helpline/protocol';
import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { State } from '../state.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { availabilitySelectStyles, renderAvailabilitySelect } from './availability-select.js';
import { saySince } from './say-stint.js';
import './reasons-list.js';

export const supervises = ({ me }: State): boolean => me !== null && may(me.role, 'staff.supervise');

/** Who is there now, since when and by whose word; a supervisor can say it for somebody else. */
export class PresencePage extends StoreElement {
  readonly #agents = new Loaded<Agent[]>(this, {
    wanted: () => (supervises(this.store.state) && this.store.state.connection === 'connected' ? 'agents' : null),
    load: () => this.store.client.agents(),
    looksAgain: () => true,
  });

  override render() {
    if (!supervises(this.store.state)) return html`<p class="state">${t('console.setup.denied')}</p>`;
    return html`
      <section class="page">
        <header><h2>${t('console.presence')}</h2></header>
        <p class="muted">${t('console.presence.hint')}</p>
        ${this.#agents.render(
          (agents) => html`<ul class="rows">
            ${repeat(
              agents.filter(({ isActive }) => isActive).toSorted((a, b) => rankOf(a) - rankOf(b)),
              ({ id }) => id,
              (agent) => this.#renderAgent(agent),
            )}
          </ul>`,
        )}
        <console-reasons .store=${this.store}></console-reasons>
      </section>
    `;
  }

  #renderAgent(agent: Agent) {
    const { id, name, used } = agent;
    return html`<li>
      <div class="what">
        <p class="name"><bdi>${name}</bdi></p>
        <p class="muted">${saySince(agent.stint)}</p>
      </div>
      <p class="load muted">
        <span>${icon('chat')}<span class="hidden-text">${t('console.channel.chat')}</span>${t('console.load', { used: used.chat, capacity: limitOf(agent, 'chat') })}</span>
        <span>${icon('email')}<span class="hidden-text">${t('console.channel.email')}</span>${t('console.load', { used: used.email, capacity: limitOf(agent, 'email') })}</span>
      </p>
      ${renderAvailabilitySelect({
        label: t('console.presence.of', { name }),
        present: agent,
        reasons: this.store.state.reasons,
        choose: (availability, reasonId) => this.#set(id, availability, reasonId),
      })}
    </li>`;
  }

  async #set(agentId: string, availability: Availability, reasonId?: string): Promise<boolean> {
    const done = await this.store.attempt(this.store.client.setAvailabilityOf(agentId, availability, reasonId));
    await this.#agents.load();
    return done;
  }

  static override styles = [
    controls,
    pageStyles,
    availabilitySelectStyles,
    css`
      .load {
        display: flex;
        gap: 0.9rem;
      }
      .load > span {
        display: inline-flex;
        align-items: center;
        gap: 0.3rem;
      }
      .availability {
        inline-size: 12rem;
      }
    `,
  ];
}

/** Who is there stands before who is not. */
const rankOf = ({ availability }: Agent): number =>
  availability === 'available' ? 0 : availability === 'offline' ? 2 : 1;

customElements.define('console-presence', PresencePage);
