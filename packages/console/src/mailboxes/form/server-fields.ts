import type { Mailbox, MailProvider } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../texts.js';
import { type Refused, renderError, renderField } from './field.js';

export type Server = 'imap' | 'smtp';

const usualPort: Record<Server, number> = { imap: 993, smtp: 465 };

interface Servers {
  mailbox: Mailbox | null;
  provider: MailProvider | null;
  /** Whether sending takes the user and password of receiving. */
  hasOneSignIn: boolean;
  refused: Refused;
  onSwitchSignIn: (event: Event) => void;
}

/** Where mails come from or go to, and who signs in there. */
export function renderServer(server: Server, servers: Servers): TemplateResult {
  const { mailbox, provider, hasOneSignIn, refused, onSwitchSignIn } = servers;
  const at = (field: string): string => `/${server}/${field}`;
  const { host = '', port = usualPort[server], secure = true } = provider?.[server] ?? mailbox?.[server] ?? {};
  return html`<fieldset>
    <legend>${t(`console.mailbox.${server}`)}</legend>
    ${renderError(`/${server}`, refused)}
    ${renderField({ pointer: at('host'), label: t('console.mailbox.host'), value: host }, refused)}
    ${renderField({ pointer: at('port'), label: t('console.mailbox.port'), type: 'number', value: String(port) }, refused)}
    <label class="check">
      <input type="checkbox" name=${at('secure')} .checked=${secure} />${t('console.mailbox.secure')}
    </label>
    ${
      server === 'smtp'
        ? html`<label class="check">
            <input type="checkbox" .checked=${hasOneSignIn} @change=${onSwitchSignIn} />
            ${t('console.mailbox.same_sign_in')}
          </label>`
        : nothing
    }
    ${server === 'imap' || !hasOneSignIn ? renderSignIn(server, mailbox?.[server].user ?? '', refused) : nothing}
  </fieldset>`;
}

function renderSignIn(server: Server, user: string, refused: Refused): TemplateResult {
  const password = { label: t('console.mailbox.password'), type: 'password', autocomplete: 'new-password' } as const;
  return html`
    ${renderField({ pointer: `/${server}/user`, label: t('console.mailbox.user'), value: user }, refused)}
    ${renderField({ pointer: `/${server}/password`, ...password }, refused)}
  `;
}
