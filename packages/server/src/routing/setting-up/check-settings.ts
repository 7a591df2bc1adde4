import type { RoutingOf, RoutingSettings, Skill } from '@helpline/protocol';
import { DeskError } from '../../platform/errors.js';
import type { Policy } from '../policy/policies.js';

type Wrong = { pointer: string; detail: string };

interface Known {
  teamIds: ReadonlySet<string>;
  /** As they stand. */
  policies: readonly Pick<Policy, 'of' | 'settings'>[];
}

/** Pure. Throws `bad_request` that names each setting with which conversations would be lost or go round in circles. */
export function checkSettings(of: RoutingOf, settings: RoutingSettings, known: Known): void {
  const errors = [
    ...wrongTeams(of, settings, known),
    ...wrongWaits(settings),
    ...wrongHours(settings),
    ...wrongSkills(settings.skills),
  ];
  if (errors.length > 0) throw new DeskError('bad_request', { errors });
}

function wrongTeams(of: RoutingOf, settings: RoutingSettings, known: Known): Wrong[] {
  const targets = targetsOf(settings);
  const own = of.kind === 'team' ? of.id : null;
  return targets.flatMap(({ teamId, pointer, isOverflow }, i) => {
    const tell = (detail: string): Wrong[] => [{ pointer, detail }];
    if (!known.teamIds.has(teamId)) return tell('There is no such team.');
    if (teamId === own) return tell('This is the team itself: nothing would change.');
    const isTwice = isOverflow && targets.slice(0, i).some((one) => one.isOverflow && one.teamId === teamId);
    if (isTwice) return tell('The team comes twice: name each only once.');
    if (own && leadsTo(teamId, own, known)) return tell('From there it would come back here, and go round in circles.');
    return [];
  });
}

const targetsOf = ({ overflow, whenClosed }: RoutingSettings) => [
  ...overflow.map(({ teamId }, i) => ({ teamId, pointer: `/settings/overflow/${i}/teamId`, isOverflow: true })),
  ...(whenClosed.kind === 'team'
    ? [{ teamId: whenClosed.teamId, pointer: '/settings/whenClosed/teamId', isOverflow: false }]
    : []),
];

/** Whether what comes to the team `from` can come on to `to`, by what teams have set. */
function leadsTo(from: string, to: string, { policies }: Known): boolean {
  const reached = new Set([from]);
  for (const teamId of reached) {
    const policy = policies.find(({ of }) => of?.kind === 'team' && of.id === teamId);
    for (const target of policy ? targetsOf(policy.settings) : []) reached.add(target.teamId);
  }
  return reached.has(to);
}

function wrongWaits({ overflow }: RoutingSettings): Wrong[] {
  return overflow.flatMap(({ afterSeconds }, i) =>
    afterSeconds <= (overflow[i - 1]?.afterSeconds ?? 0)
      ? [{ pointer: `/settings/overflow/${i}/afterSeconds`, detail: 'The step before has waited as long already.' }]
      : [],
  );
}

function wrongHours({ hours }: RoutingSettings): Wrong[] {
  if (hours === null || hours.days.length > 0) return [];
  return [{ pointer: '/settings/hours/days', detail: 'It would never be open: name a day on which somebody works.' }];
}

function wrongSkills(skills: Skill[]): Wrong[] {
  return skills.flatMap(({ skill }, i) =>
    skills.findIndex((one) => one.skill === skill) < i
      ? [{ pointer: `/settings/skills/${i}/skill`, detail: 'This skill is named twice.' }]
      : [],
  );
}
