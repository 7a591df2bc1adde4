import {
  type Agent,
  type Brand,
  type Conversation,
  hasRoom,
  limitOf,
  type MoveTo,
  may,
  type Team,
} from '@helpline/protocol';
import { t } from '../texts.js';

/** Where a conversation can go. */
export type Destination = MoveTo | { kind: 'brand'; id: string } | { kind: 'escalate' };

/** One of them, as a row that can be chosen. */
export interface Row {
  to: Destination;
  name: string;
  detail: string;
  /** Of a person. */
  availability?: Agent['availability'];
  isDisabled: boolean;
}

export interface Group {
  name: string | null;
  rows: Row[];
}

/** What is known of who could have it. */
export interface Known {
  agents: ReadonlyMap<string, Agent>;
  teams: ReadonlyMap<string, Team>;
  brands: ReadonlyMap<string, Brand>;
  me: Agent | null;
}

/** All the places that one (or, without one, that many) can go to and whose name is like what is wanted. */
export function destinationsFor(known: Known, one: Conversation | null, wanted: string): Group[] {
  const like = ({ name }: Row): boolean => name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
  const groups = [
    { name: t('console.assign.agents'), rows: people(known, one) },
    { name: null, rows: upwards(known, one) },
    { name: t('console.assign.teams'), rows: teams(known, one) },
    { name: t('console.assign.brands'), rows: brands(known, one) },
  ];
  return groups.map(({ name, rows }) => ({ name, rows: rows.filter(like) })).filter(({ rows }) => rows.length > 0);
}

function upwards({ teams }: Known, one: Conversation | null): Row[] {
  const above = teams.get(teams.get(one?.teamId ?? '')?.escalatesTo ?? '');
  if (!above) return [];
  const name = t('console.assign.escalate', { team: above.name });
  return [{ to: { kind: 'escalate' }, name, detail: '', isDisabled: false }];
}

function people({ agents, me }: Known, one: Conversation | null): Row[] {
  const here = [...agents.values()].filter(({ isActive }) => isActive);
  return here.toSorted(freestFirst).map((agent) => {
    const { id, name, availability } = agent;
    const isCurrent = id === one?.assigneeId;
    const said = [isCurrent ? t('console.assign.current') : t(`console.availability.${availability}`)];
    if (one) said.push(sayLoad(agent, one.channel));
    const isFull = one !== null && !hasRoom(agent, one.channel);
    if (isFull) said.push(t('console.assign.full'));
    const isTooMuch = isFull && id !== me?.id && !(me && may(me.role, 'conversation.supervise'));
    return {
      to: { kind: 'agent', id },
      name: id === me?.id ? `${name} (${t('console.you')})` : name,
      detail: said.join(' · '),
      availability,
      isDisabled: isCurrent || isTooMuch,
    };
  });
}

const sayLoad = (agent: Agent, channel: Conversation['channel']): string =>
  t('console.load', { used: agent.used[channel], capacity: limitOf(agent, channel) });

/** Whoever is available first, then by name. */
function freestFirst(a: Agent, b: Agent): number {
  const isFree = (agent: Agent): number => Number(agent.availability === 'available');
  return isFree(b) - isFree(a) || a.name.localeCompare(b.name);
}

const teams = ({ teams: known }: Known, one: Conversation | null): Row[] =>
  [...known.values()].map(({ id, name }) => place({ kind: 'team', id }, name, id === one?.teamId));

/** Of many at once each stays with its brand. */
const brands = ({ brands: known }: Known, one: Conversation | null): Row[] =>
  one && known.size > 1
    ? [...known.values()].map(({ id, name }) => place({ kind: 'brand', id }, name, id === one.brandId))
    : [];

const place = (to: Destination, name: string, isCurrent: boolean): Row => ({
  to,
  name,
  detail: isCurrent ? t('console.assign.current') : '',
  isDisabled: isCurrent,
});
