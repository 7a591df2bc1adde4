import { html, type TemplateResult } from 'lit';
import { t } from '../../texts.js';

/** How much mail from before may be taken in. */
const historyDays = [7, 30, 90];

/** Whether older mail is taken in too. */
export const renderOldMail = (): TemplateResult => html`<fieldset>
  <legend>${t('console.mailbox.old_mail')}</legend>
  <label for="/historyDays">${t('console.mailbox.old_mail.what')}</label>
  <select id="/historyDays" name="/historyDays" aria-describedby="old-mail-hint">
    <option value="0">${t('console.mailbox.old_mail.none')}</option>
    ${historyDays.map((days) => html`<option value=${days}>${t('console.mailbox.old_mail.days', { days })}</option>`)}
  </select>
  <p class="hint muted" id="old-mail-hint">${t('console.mailbox.old_mail.hint')}</p>
</fieldset>`;

/** Whose word about senders is believed. */
export const renderSenders = (authservId: string): TemplateResult => html`<fieldset>
  <legend>${t('console.mailbox.senders')}</legend>
  <label for="/authservId">${t('console.mailbox.authserv_id')}</label>
  <input
    id="/authservId"
    name="/authservId"
    maxlength="255"
    autocomplete="off"
    .value=${authservId}
    aria-describedby="authserv-hint"
  />
  <p class="hint muted" id="authserv-hint">${t('console.mailbox.authserv_id.hint')}</p>
</fieldset>`;
