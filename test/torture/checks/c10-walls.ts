import { canSee } from '@helpline/server/dist/platform/visibility.js';
import { visibilityOf } from '@helpline/server/dist/staff/rules.js';
import { type HistoryRecord, keysIn } from '../history.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Walls: no visitor ever gets anything internal, and no agent anything he may not see. */
export const c10Walls: Check = (history, final) => {
  const notes = new Set(history.filter(({ f }) => f === 'note').flatMap(({ key }) => key ?? []));
  return [...forVisitors(history, final, notes), ...forAgents(history, final)];
};

function forVisitors(history: readonly HistoryRecord[], final: FinalState, notes: Set<string>): Finding[] {
  const isNote = (text: string) => keysIn(text).some((key) => notes.has(key));
  const visitors = new Set(final.views.filter(({ who }) => who.kind === 'visitor').map(({ proc }) => proc));
  const theirs = history.filter(({ proc, f }) => visitors.has(proc) && (f === 'recv' || f === 'dom'));
  return [
    ...theirs
      .filter(({ raw = '', keys = [] }) => isNote(`${raw} ${keys.join(' ')}`))
      .map((record) => finding('a visitor got an internal note', record)),
    ...theirs.flatMap((record) =>
      strangeFields(record.raw).map((field) => finding('a visitor got an internal field', { field, record })),
    ),
    ...final.views
      .filter(({ who, entries }) => who.kind === 'visitor' && entries.some(({ text }) => isNote(text)))
      .map(({ proc, conv }) => finding('a visitor is shown an internal note', { proc, conv })),
  ];
}

/** All that an entry may tell a visitor. */
const allowed = new Set(
  'n at from clientId type text channel attachments to of from.kind from.name attachments.filename attachments.size'.split(
    ' ',
  ),
);

function strangeFields(raw: string | undefined): string[] {
  return raw === undefined ? [] : fieldsOf(JSON.parse(raw), '').filter((field) => !allowed.has(field));
}

function fieldsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here, ...fieldsOf(inner, here)];
  });
}

/** Whatever conversation an agent gets a glimpse of is one he may see. */
function forAgents(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const agents = new Map(final.agents.map((agent) => [agent._id, visibilityOf(agent)]));
  const conversations = new Map(final.conversations.map((conversation) => [conversation._id, conversation]));
  const seen = new Set<string>();
  return history.flatMap((record) => {
    const visibility = agents.get(final.agentOf[record.proc] ?? '');
    if (!visibility || (record.f !== 'list' && record.f !== 'recv')) return [];
    return [...(record.convs ?? []), ...(record.conv ? [record.conv] : [])].flatMap((conv) => {
      const conversation = conversations.get(conv);
      if (!conversation || canSee(visibility, conversation) || seen.has(`${record.proc} ${conv}`)) return [];
      seen.add(`${record.proc} ${conv}`);
      return [finding('an agent got what he may not see', { proc: record.proc, conv, f: record.f })];
    });
  });
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C10', what, evidence });
