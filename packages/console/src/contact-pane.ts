import type { Conversation } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { nameOfContact } from './entries/context.js';
import { initials, momentOf } from './format.js';
import { renderMailTrouble } from './mail-trouble.js';
import type { Participant } from './participants.js';
import type { State } from './state.js';
import { t } from './texts.js';
import { icon } from './ui/icons.js';

export interface PaneActions {
  close: () => void;
  setDoNotContact: (doNotContact: boolean) => void;
  clearMailTrouble: () => void;
  setVip: (vip: boolean) => void;
}

/** Who the customer is and how we know, who else takes part by mail, and where the conversation belongs. */
export function renderContactPane(
  conversation: Conversation,
  others: readonly Participant[],
  state: State,
  actions: PaneActions,
): TemplateResult {
  const { contact, channel, status, assigneeId, startedAt, waitingSince } = conversation;
  const name = nameOfContact(contact);
  const inbox = state.inboxes.get(conversation.inboxId);
  const team = state.teams.get(conversation.teamId ?? '')?.name;
  const assignee = assigneeId ? state.agents.get(assigneeId)?.name : undefined;
  return html`
    <aside aria-label=${t('console.details')}>
      <button type="button" class="quiet close" aria-label=${t('console.close')} @click=${actions.close}>${icon('close')}</button>
      <div class="contact">
        <span class="avatar" aria-hidden="true">${initials(name)}</span>
        <h3><bdi>${name}</bdi></h3>
      </div>
      <dl>
        ${row(t('console.details.address'), contact.address ?? html`<span class="muted">${t('console.details.no_address')}</span>`)}
        ${contact.mailTrouble ? row(t('console.details.trouble'), renderTrouble(contact, actions)) : nothing}
        ${row(t('console.details.proof'), t(`console.proof.${contact.proof}`))}
        ${row(t('console.details.do_not_contact'), renderDoNotContact(contact, actions))}
        ${row(t('console.details.vip'), renderVip(contact, actions))}
      </dl>
      ${others.length > 0 ? renderOthers(others) : nothing}
      <h3>${t('console.details.conversation')}</h3>
      <dl>
        ${row(t('console.details.channel'), html`<span class="with-icon">${icon(channel)}${t(`console.channel.${channel}`)}</span>`)}
        ${row(t('console.details.brand'), state.brands.get(conversation.brandId)?.name ?? inbox?.brand.name ?? '')}
        ${team ? row(t('console.details.team'), team) : nothing}
        ${inbox ? row(t('console.details.inbox'), inbox.name) : nothing}
        ${row(t('console.details.status'), t(`console.status.${status}`))}
        ${row(t('console.details.assignee'), assignee ?? t('console.nobody'))}
        ${row(t('console.details.started'), momentOf(startedAt))}
        ${waitingSince ? row(t('console.details.waiting'), momentOf(waitingSince)) : nothing}
      </dl>
    </aside>
  `;
}

const renderOthers = (others: readonly Participant[]) => html`
  <h3>${t('console.details.others')}</h3>
  <ul class="others">
    ${others.map(
      ({ name, address }) => html`<li>
        ${name ? html`<bdi>${name}</bdi> <span class="muted"><bdi>${address}</bdi></span>` : html`<bdi>${address}</bdi>`}
      </li>`,
    )}
  </ul>
`;

const renderTrouble = (contact: Conversation['contact'], { clearMailTrouble }: PaneActions) => html`
  ${renderMailTrouble(contact)}
  <button type="button" class="quiet" @click=${clearMailTrouble}>${t('console.trouble.clear')}</button>
`;

const renderDoNotContact = ({ doNotContact }: Conversation['contact'], { setDoNotContact }: PaneActions) => html`
  <input
    type="checkbox"
    aria-label=${t('console.details.do_not_contact')}
    .checked=${live(doNotContact !== undefined)}
    @change=${({ target }: Event) => target instanceof HTMLInputElement && setDoNotContact(target.checked)}
  />
  ${doNotContact ? html`<span class="bad">${t('console.details.do_not_contact_since', { time: momentOf(doNotContact) })}</span>` : nothing}
`;

const renderVip = ({ vip }: Conversation['contact'], { setVip }: PaneActions) => html`
  <input
    type="checkbox"
    aria-label=${t('console.details.vip')}
    .checked=${live(vip === true)}
    @change=${({ target }: Event) => target instanceof HTMLInputElement && setVip(target.checked)}
  />
`;

const row = (name: string, value: unknown) => html`
  <div>
    <dt>${name}</dt>
    <dd><bdi>${value}</bdi></dd>
  </div>
`;
