import type { MailProvider, SignInProvider } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Store } from '../../store.js';
import { t } from '../../texts.js';

/** Where somebody lets Helpline into the mailbox himself, or that he would rather type a password. */
export function renderAccess(typesPassword: boolean, onSwitch: (event: Event) => void): TemplateResult {
  return html`<fieldset>
    <legend>${t('console.mailbox.sign_in')}</legend>
    ${typesPassword ? nothing : html`<p class="whole">${t('console.mailbox.sign_in.hint')}</p>`}
    <label class="check whole">
      <input type="checkbox" .checked=${typesPassword} @change=${onSwitch} />
      ${t('console.mailbox.sign_in.instead')}
    </label>
  </fieldset>`;
}

/** The provider as one of those at which one can sign in. */
export const signInAt = (
  provider: MailProvider | null | undefined,
  signIns: readonly SignInProvider[],
): SignInProvider | undefined => signIns.find((id) => id === provider?.id);

/** Leaves for the provider's page, which sends the browser back here. */
export const goToProvider = async (page: Promise<string>): Promise<void> => location.assign(await page);

export const signInAgain = (store: Store, mailboxId: string, provider: SignInProvider): Promise<boolean> =>
  store.attempt(goToProvider(store.client.signInAgain(mailboxId, provider)));
