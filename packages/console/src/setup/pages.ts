import { html, nothing, type TemplateResult } from 'lit';
import { supervises } from '../presence/presence-page.js';
import type { Route } from '../route.js';
import type { State } from '../state.js';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { type IconName, icon } from '../ui/icons.js';
import { readsSetup } from './may.js';
import { toPassword, toPeople, toPresence, toRoutings, toTeams } from './route.js';
import './password-page.js';
import './people-page.js';
import './person-page.js';
import './routing-page.js';
import './routing-settings-page.js';
import './teams-page.js';

/** The page of the set-up that is open; null for none. Whoever has a password of somebody else's making sees nothing but the way to his own. */
export function renderSetup(store: Store, route: Route): TemplateResult | null {
  if (route.page === 'password' || store.state.me?.hasOneTimePassword)
    return html`<console-password .store=${store}></console-password>`;
  if (route.page === 'presence') return html`<console-presence .store=${store}></console-presence>`;
  if (route.page === 'people') return html`<console-people .store=${store}></console-people>`;
  if (route.page === 'person')
    return html`<console-person .store=${store} .personId=${route.personId}></console-person>`;
  if (route.page === 'teams') return html`<console-teams .store=${store}></console-teams>`;
  if (route.page === 'routing') return html`<console-routing .store=${store}></console-routing>`;
  if (route.page === 'routing_settings')
    return html`<console-routing-settings .store=${store} .of=${route.of}></console-routing-settings>`;
  return null;
}

/** What leads to these pages, for those who may see them. */
export function renderSetupLinks(state: State) {
  if (!readsSetup(state)) return nothing;
  const { page } = state.route;
  return html`
    ${supervises(state) ? renderLink('clock', toPresence, t('console.presence'), page === 'presence') : nothing}
    ${renderLink('people', toPeople, t('console.people'), page === 'people' || page === 'person')}
    ${renderLink('team', toTeams, t('console.teams'), page === 'teams')}
    ${renderLink('routing', toRoutings, t('console.routing'), page === 'routing' || page === 'routing_settings')}
  `;
}

export const renderPasswordLink = ({ route }: State): TemplateResult =>
  renderLink('lock', toPassword, t('console.own_password'), route.page === 'password');

const renderLink = (picture: IconName, href: string, name: string, isHere: boolean): TemplateResult => html`<li>
  <a href=${href} aria-current=${isHere ? 'page' : 'false'}>${icon(picture)}<span>${name}</span></a>
</li>`;
