import { type Brand, type MailProvider, mailProviders } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Store } from '../../store.js';
import { sayHint, t } from '../../texts.js';
import { type Refused, renderError, renderField } from './field.js';

interface Who {
  store: Store;
  provider: MailProvider | null;
  /** Whether a password is asked for, so that what is special about the provider's ones matters. */
  asksPassword: boolean;
  refused: Refused;
  onAddress: (event: Event) => void;
  onProvider: (provider: MailProvider | null) => void;
}

/** Whose mailbox it is, and at which provider. */
export function renderWho({ store, provider, asksPassword, refused, onAddress, onProvider }: Who): TemplateResult {
  return html`<fieldset>
    <legend>${t('console.mailbox.who')}</legend>
    <label for="/brandId">${t('console.mailbox.brand')}</label>
    <select id="/brandId" name="/brandId" required>
      ${brandsOf(store).map((brand) => html`<option value=${brand.id}>${brand.name}</option>`)}
    </select>
    ${renderError('/brandId', refused)}
    ${renderField({ pointer: '/address', label: t('console.mailbox.address'), type: 'email', onChange: onAddress }, refused)}
    ${renderField({ pointer: '/displayName', label: t('console.mailbox.display_name') }, refused)}
    ${renderProviders(provider, provider && asksPassword ? sayHint(provider) : null, onProvider)}
  </fieldset>`;
}

/** Fills in where the servers of a provider stand, and says what is special about its passwords. */
function renderProviders(provider: MailProvider | null, hint: string | null, onProvider: Who['onProvider']) {
  const choose = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) onProvider(mailProviders.find(({ id }) => id === target.value) ?? null);
  };
  return html`
    <label for="provider">${t('console.mailbox.provider')}</label>
    <select id="provider" aria-describedby=${hint ? 'provider-hint' : nothing} @change=${choose}>
      <option value="" ?selected=${!provider}>${t('console.mailbox.provider.other')}</option>
      ${mailProviders.map(({ id, name }) => html`<option value=${id} ?selected=${id === provider?.id}>${name}</option>`)}
    </select>
    ${hint ? html`<p class="hint muted" id="provider-hint">${hint}</p>` : nothing}
  `;
}

function brandsOf(store: Store): Brand[] {
  const brands = new Map<string, Brand>();
  for (const { brand } of store.state.inboxes.values()) brands.set(brand.id, brand);
  return [...brands.values()];
}
