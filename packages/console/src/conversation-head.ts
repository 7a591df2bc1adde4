import type { Conversation } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { nameOfContact } from './entries/context.js';
import { canBeAsked, titleOf } from './explain/title.js';
import { renderBadges } from './moves/badges.js';
import { toView } from './route.js';
import type { Store } from './store.js';
import { t } from './texts.js';
import { type IconName, icon } from './ui/icons.js';

export interface HeadActions {
  take: () => void;
  askWhom: () => void;
  askLater: () => void;
  askNeeds: () => void;
  askWhy: () => void;
  toggleResolved: () => void;
  toggleDetails: () => void;
  hasDetails: boolean;
}

/** What a conversation is about, who has it, and what can be done with it. */
export function renderHead(conversation: Conversation, store: Store, actions: HeadActions): TemplateResult {
  const { view } = store.state;
  const { channel, contact, subject, status } = conversation;
  const name = nameOfContact(contact);
  const title = channel === 'email' ? subject || t('console.no_subject') : name;
  return html`
    <header class="head">
      <a class="back" href=${toView(view)} aria-label=${t('console.back')}>${icon('back')}</a>
      <div class="about">
        <h2 dir="auto">${title}</h2>
        <p>
          <span class="with-icon">${icon(channel)}${t(`console.channel.${channel}`)}</span>
          ${channel === 'email' ? html`<bdi>${name}</bdi>` : nothing}
          <span class="pill" data-status=${status}>${t(`console.status.${status}`)}</span>
          <span>${sayAssignee(conversation, store)}</span>
          ${
            canBeAsked(conversation)
              ? html`<button type="button" class="link" title=${withKey(why(conversation, store), 'w')} @click=${actions.askWhy}>
                  ${why(conversation, store)}
                </button>`
              : nothing
          }
          ${renderBadges(conversation)}
        </p>
      </div>
      ${renderActions(conversation, store, actions)}
    </header>
  `;
}

const why = (conversation: Conversation, { state }: Store): string =>
  titleOf(conversation, state.agents, state.me?.id ?? '');

function sayAssignee({ assigneeId, handler }: Conversation, { state }: Store): string {
  if (!assigneeId) return handler === 'queue' ? t('console.unassigned') : '';
  const name = assigneeId === state.me?.id ? t('console.you') : (state.agents.get(assigneeId)?.name ?? assigneeId);
  return t('console.assigned_to', { name });
}

function renderActions({ assigneeId, status }: Conversation, { state: { me } }: Store, actions: HeadActions) {
  const isDone = status === 'resolved' || status === 'closed';
  const resolve = t(isDone ? 'console.action.reopen' : 'console.action.resolve');
  const isMine = me !== null && assigneeId === me.id;
  return html`
    <div class="actions">
      ${
        me && !isMine && !isDone
          ? html`<button type="button" title=${withKey(t('console.action.take'), 'i')} @click=${actions.take}>
              ${icon('mine')}<span>${t('console.action.take')}</span>
            </button>`
          : nothing
      }
      ${
        isDone
          ? nothing
          : [
              renderAction(t('console.action.assign'), 'a', 'queue', actions.askWhom),
              renderAction(t('console.action.later'), 's', 'clock', actions.askLater),
              renderAction(t('console.action.triage'), 't', 'flag', actions.askNeeds),
            ]
      }
      <button type="button" class=${isDone ? '' : 'primary'} title=${withKey(resolve, 'e')} @click=${actions.toggleResolved}>
        ${icon(isDone ? 'again' : 'resolved')}<span>${resolve}</span>
      </button>
      <button
        type="button"
        class="quiet"
        title=${withKey(t('console.action.details'), 'd')}
        aria-expanded=${actions.hasDetails}
        aria-label=${t('console.action.details')}
        @click=${actions.toggleDetails}
      >
        ${icon('person')}
      </button>
    </div>
  `;
}

const renderAction = (does: string, key: string, name: IconName, act: () => void) =>
  html`<button type="button" title=${withKey(does, key)} @click=${act}>${icon(name)}<span>${does}</span></button>`;

const withKey = (does: string, key: string): string => `${does} (${key})`;
