import type { Output } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { named, nobody, type People, typedAll } from '../mail/people.js';
import { renderPeopleFields } from '../mail/people-fields.js';
import { t } from '../texts.js';

interface PeopleLine {
  /** Null as long as it goes to whom it goes anyway. */
  people: People | null;
  usual: Output<'conversation.recipients'> | null;
  isOpen: boolean;
  toggle: () => void;
  change: (field: keyof People, typed: string) => void;
}

/** Who gets an answer by mail, and where one says otherwise. */
export function renderPeopleLine({ people, usual, isOpen, toggle, change }: PeopleLine): TemplateResult {
  return html`
    <div class="who">
      <p>${sayPeople(people ?? (usual ? { to: named(usual.to), cc: named(usual.cc) } : nobody))}</p>
      <button type="button" class="link" aria-expanded=${isOpen} @click=${toggle}>${t('console.compose.people')}</button>
      ${isOpen ? renderPeopleFields(typedPeople(people, usual), change) : nothing}
    </div>
  `;
}

/** As the fields say it. */
export const typedPeople = (people: PeopleLine['people'], usual: PeopleLine['usual']): People =>
  people ?? (usual ? typedAll(usual) : nobody);

function sayPeople({ to, cc }: Pick<People, 'to' | 'cc'>): string {
  if (to === '') return '';
  return cc ? t('console.compose.to_cc', { to, cc }) : t('console.compose.to', { to });
}
