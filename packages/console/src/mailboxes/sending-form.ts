import type { Mailbox, NewSendingSettings } from '@helpline/protocol';
import { languages } from '@helpline/protocol/texts/translate.js';
import { HelplineError } from '@helpline/sdk/agent';
import { css, html, LitElement, nothing } from 'lit';
import { parseLine } from '../mail/people.js';
import type { Store } from '../store.js';
import { sayError, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { pageStyles } from '../ui/page-styles.js';
import { readAutoReply, renderAutoReply } from './auto-reply-fields.js';
import { cardStyles } from './card-styles.js';

/** How the mails of a mailbox go out: who writes, from where, what stands below, and who signs. */
export class SendingForm extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailbox: { attribute: false },
    signs: { state: true },
    answers: { state: true },
    error: { state: true },
  };
  declare store: Store;
  declare mailbox: Mailbox;
  /** Whether mails are to be signed; null as long as nobody has touched it. */
  declare signs: boolean | null;
  /** Whether whoever writes is answered at once; null as long as nobody has touched it. */
  declare answers: boolean | null;
  declare error: HelplineError | null;

  constructor() {
    super();
    this.signs = null;
    this.answers = null;
    this.error = null;
  }

  override render() {
    const { displayName, sending } = this.mailbox;
    const signs = this.signs ?? sending.dkim !== null;
    const answers = this.answers ?? sending.autoReply !== null;
    const toggle =
      (what: 'signs' | 'answers') =>
      ({ target }: Event) => {
        if (target instanceof HTMLInputElement) this[what] = target.checked;
      };
    return html`
      <details class="card">
        <summary>${t('console.sending')}</summary>
        <form @submit=${this.#submit}>
          <label>${t('console.mailbox.display_name')}<input name="displayName" required maxlength="100" value=${displayName} /></label>
          <label>
            ${t('console.sending.sender')}
            <select name="sender">
              ${(['mailbox', 'agent'] as const).map((one) => html`<option value=${one} ?selected=${one === sending.sender}>${t(`console.sending.sender.${one}`)}</option>`)}
            </select>
          </label>
          <label>
            ${t('console.sending.signature')}
            <textarea name="signature" rows="3" maxlength="2000" dir="auto" .value=${sending.signature}></textarea>
            <span class="muted">${t('console.sending.signature_hint', { agent: '{agent}', brand: '{brand}' })}</span>
          </label>
          <label>
            ${t('console.sending.aliases')}
            <input name="aliases" autocomplete="off" value=${sending.aliases.join(', ')} />
            <span class="muted">${t('console.sending.aliases_hint')}</span>
          </label>
          <label class="check"><input type="checkbox" name="tagsReplies" ?checked=${sending.tagsReplies} />${t('console.sending.tags')}</label>
          <label class="check"><input type="checkbox" name="copiesToSent" ?checked=${sending.copiesToSent} />${t('console.sending.copies')}</label>
          <label class="check"><input type="checkbox" .checked=${signs} @change=${toggle('signs')} />${t('console.sending.dkim')}</label>
          ${signs ? this.#renderKey(sending.dkim) : nothing}
          <label class="check"><input type="checkbox" name="answers" .checked=${answers} @change=${toggle('answers')} />${t('console.auto_reply')}</label>
          ${answers ? renderAutoReply(sending.autoReply ?? undefined) : nothing}
          <label>
            ${t('console.sending.language')}
            <select name="language">
              ${languages.map((one) => html`<option value=${one} ?selected=${one === sending.language}>${nameOf(one)}</option>`)}
            </select>
          </label>
          <label>
            ${t('console.sending.pace')}
            <input name="mailsAMinute" type="number" min="1" max="10000" value=${sending.mailsAMinute ?? ''} />
            <span class="muted">${t('console.sending.pace_hint')}</span>
          </label>
          ${this.error ? html`<p class="bad" role="alert">${sayError(this.error)}</p>` : nothing}
          <button class="primary">${t('console.sending.save')}</button>
        </form>
      </details>
    `;
  }

  #renderKey(dkim: Mailbox['sending']['dkim']) {
    return html`
      <label>${t('console.sending.dkim.domain')}<input name="domain" required value=${dkim?.domain ?? this.mailbox.address.split('@')[1] ?? ''} /></label>
      <label>${t('console.sending.dkim.selector')}<input name="selector" required value=${dkim?.selector ?? ''} /></label>
      <label>
        ${t('console.sending.dkim.key')}
        <textarea name="privateKey" rows="3" spellcheck="false" autocomplete="off" ?required=${dkim === null}></textarea>
        ${dkim ? html`<span class="muted">${t('console.sending.dkim.kept')}</span>` : nothing}
      </label>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    this.error = null;
    try {
      await this.store.client.setSending(this.mailbox.id, readSending(new FormData(event.target)));
      this.store.say(t('console.sending.saved'));
      this.dispatchEvent(new CustomEvent('saved'));
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
    }
  }

  static override styles = [
    controls,
    pageStyles,
    cardStyles,
    css`
      form {
        max-inline-size: 36rem;
      }
      label:not(.check) {
        display: grid;
        gap: 0.25rem;
        inline-size: 100%;
      }
      legend {
        padding: 0;
        margin-block-end: 0.3rem;
      }
      .hours {
        display: grid;
        grid-template-columns: repeat(3, auto);
        align-items: center;
        gap: 0.3rem 0.8rem;
      }
    `,
  ];
}

/** As its speakers call it. */
const nameOf = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

function readSending(form: FormData): NewSendingSettings {
  const said = (name: string): string => String(form.get(name) ?? '').trim();
  const aliases = parseLine(said('aliases'));
  const key = said('privateKey');
  return {
    displayName: said('displayName'),
    sender: said('sender') === 'agent' ? 'agent' : 'mailbox',
    signature: said('signature'),
    aliases: [...aliases.addresses, ...aliases.wrong], // the server says what is wrong with them
    tagsReplies: form.has('tagsReplies'),
    copiesToSent: form.has('copiesToSent'),
    language: languages.find((one) => one === said('language')) ?? languages[0],
    mailsAMinute: Number(said('mailsAMinute')) || null,
    autoReply: form.has('answers') ? readAutoReply(form) : null,
    dkim: form.has('domain')
      ? { domain: said('domain'), selector: said('selector'), ...(key ? { privateKey: key } : {}) }
      : null,
  };
}

customElements.define('console-sending', SendingForm);
