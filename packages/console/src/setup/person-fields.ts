import type { Brand, Inbox, Person, PersonSettings, StaffRole, Team } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { type Refused, renderError } from '../mailboxes/form/field.js';
import { t } from '../texts.js';
import { renderCheck, renderNumber, renderSelect, renderText } from './fields.js';
import { renderSkills } from './skill-fields.js';

const roles = ['agent', 'supervisor', 'admin'] as const satisfies readonly StaffRole[];

/** What somebody new begins with. */
export const newPerson: PersonSettings = {
  name: '',
  role: 'agent',
  brandIds: 'all',
  teamIds: [],
  capacity: { chat: 4, email: 8 },
  atOnce: null,
  isTrainee: false,
  skills: [],
};

export function settingsOf(person: Person): PersonSettings {
  const { name, role, brandIds, teamIds, capacity, atOnce, isTrainee, skills } = person;
  return { name, role, brandIds, teamIds, capacity, atOnce, isTrainee, skills };
}

interface Fields {
  draft: PersonSettings;
  /** Asked for only of somebody new. */
  email: string | null;
  teams: readonly Team[];
  inboxes: readonly Inbox[];
  refused: Refused;
  onChange: (change: Partial<PersonSettings>) => void;
  onEmail: (email: string) => void;
}

export const hasPersonField = (pointer: string): boolean =>
  /^\/(name|email|role|brandIds.*|teamIds.*|capacity\/(chat|email)|atOnce|skills\/\d+\/(skill|level))$/.test(pointer);

export const renderPersonFields = (fields: Fields): TemplateResult => html`
  ${renderWho(fields)} ${renderWhere(fields)} ${renderWork(fields)}
  ${renderSkills(t('console.people.skills'), '/skills', fields.draft.skills, fields.refused, (skills) => fields.onChange({ skills }))}
`;

function renderWho({ draft, email, refused, onChange, onEmail }: Fields): TemplateResult {
  const name = { pointer: '/name', label: t('console.people.name'), value: draft.name, maxlength: 100 };
  const address = { pointer: '/email', label: t('console.people.email'), type: 'email', value: email ?? '' } as const;
  const options = roles.map((role) => [role, t(`console.people.role.${role}`)] as const);
  const role = { pointer: '/role', label: t('console.people.role'), value: draft.role, options };
  return html`<fieldset>
    <legend>${t('console.people.who')}</legend>
    ${renderText(name, refused, (value) => onChange({ name: value }))}
    ${email === null ? nothing : renderText(address, refused, onEmail)}
    ${renderSelect(role, refused, (value) => onChange({ role: roles.find((one) => one === value) ?? 'agent' }))}
  </fieldset>`;
}

function renderWhere({ draft, teams, inboxes, refused, onChange }: Fields): TemplateResult {
  const { brandIds, teamIds } = draft;
  const brands = brandsOf(inboxes);
  const allIds = brands.map(({ id }) => id);
  return html`<fieldset>
    <legend>${t('console.people.where')}</legend>
    <span id="brands">${t('console.people.brands')}</span>
    <div class="choices" role="group" aria-labelledby="brands">
      ${renderCheck(t('console.people.all_brands'), brandIds === 'all', (all) => onChange({ brandIds: all ? 'all' : allIds }))}
      ${brandIds === 'all' ? nothing : brands.map(({ id, name }) => renderCheck(name, brandIds.includes(id), (is) => onChange({ brandIds: withId(brandIds, id, is) })))}
      ${renderErrorsUnder('/brandIds', brandIds === 'all' ? 0 : brandIds.length, refused)}
    </div>
    <span id="teams">${t('console.people.teams')}</span>
    <div class="choices" role="group" aria-labelledby="teams">
      ${teams.length === 0 ? html`<p class="muted">${t('console.people.no_teams')}</p>` : nothing}
      ${teams.map(({ id, name }) => renderCheck(name, teamIds.includes(id), (is) => onChange({ teamIds: withId(teamIds, id, is) })))}
      ${renderErrorsUnder('/teamIds', teamIds.length, refused)}
    </div>
  </fieldset>`;
}

function renderWork({ draft, refused, onChange }: Fields): TemplateResult {
  const { capacity, atOnce, isTrainee } = draft;
  const inAll = { pointer: '/atOnce', label: t('console.people.at_once'), hint: t('console.people.at_once_hint') };
  return html`<fieldset>
    <legend>${t('console.people.work')}</legend>
    ${(['chat', 'email'] as const).map((channel) =>
      renderNumber(
        {
          pointer: `/capacity/${channel}`,
          label: t(channel === 'chat' ? 'console.people.chats' : 'console.people.mails'),
          value: capacity[channel],
          min: 0,
          max: 100,
        },
        refused,
        (value) => onChange({ capacity: { ...capacity, [channel]: value ?? 0 } }),
      ),
    )}
    ${renderNumber({ ...inAll, value: atOnce, min: 1, max: 200, isOptional: true }, refused, (value) => onChange({ atOnce: value }))}
    ${renderCheck(t('console.people.is_trainee'), isTrainee, (is) => onChange({ isTrainee: is }))}
  </fieldset>`;
}

const renderErrorsUnder = (pointer: string, count: number, refused: Refused) =>
  Array.from({ length: count }, (_, i) => renderError(`${pointer}/${i}`, refused));

const withId = (ids: readonly string[], id: string, is: boolean): string[] =>
  is ? [...ids, id] : ids.filter((one) => one !== id);

function brandsOf(inboxes: readonly Inbox[]): Brand[] {
  const brands = new Map(inboxes.map(({ brand }) => [brand.id, brand]));
  return [...brands.values()];
}
