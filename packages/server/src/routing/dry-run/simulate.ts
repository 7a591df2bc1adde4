import type { BusinessHours } from '@helpline/protocol';
import { nextChange } from '../../calendar/index.js';
import { Ceilings } from '../policy/ceilings.js';
import { type Policy, type PolicyOf, policyOf } from '../policy/policies.js';
import { choose, type Eligible } from '../policy/policy.js';
import type { Episode } from './episodes.js';
import { Events } from './events.js';
import { type Job, jobOf, momentsOf, moveOn, needsOf, usualHeldMs } from './job.js';
import { Line } from './line.js';
import type { Span } from './presence.js';

/** What there was, in milliseconds. */
export interface Week {
  from: number;
  to: number;
  episodes: readonly Episode[];
  agents: readonly Eligible[];
  spans: ReadonlyMap<string, readonly Span[]>;
}

/** What became of one that waited. */
export interface Outcome {
  since: number;
  /** Null if nobody got it. */
  agentId: string | null;
  /** When somebody got it, or it was waited for no longer. */
  at: number;
  /** For how long whoever got it had it. */
  heldMs: number;
}

interface Person {
  agent: Eligible;
  isThere: boolean;
  wrapsUpUntil: number;
}

type Event =
  | { kind: 'comes' | 'goes' | 'due'; job: Job }
  | { kind: 'ends'; job: Job; person: Person }
  | { kind: 'there' | 'away' | 'wrapped_up'; person: Person }
  | { kind: 'hours' };

/**
 * A week anew under some policies, by the functions that decide in earnest: everything that came, when it came; every
 * agent, when he was there; each conversation as long in hand as it was. Yields after each step, so that whoever runs it
 * can rest in between. Whoever is offered something takes it at once here.
 */
export class Simulation {
  readonly #week: Week;
  readonly #policies: readonly Policy[];
  readonly #policyOf: PolicyOf;
  readonly #events = new Events<Event>();
  readonly #line = new Line<Job>();
  readonly #people: Map<string, Person>;
  readonly #agents: Eligible[];
  readonly #ceilings: Ceilings;
  readonly #lastAgents = new Map<string, { agentId: string; at: number }>();
  readonly outcomes: Outcome[] = [];

  constructor(week: Week, policies: readonly Policy[]) {
    this.#week = week;
    this.#policies = policies;
    this.#policyOf = policyOf(policies);
    this.#ceilings = new Ceilings(policies, []);
    this.#agents = week.agents.map(idle);
    this.#people = new Map(this.#agents.map((agent) => [agent._id, { agent, isThere: false, wrapsUpUntil: 0 }]));
  }

  *run(): Generator<void> {
    const { from, to, episodes, spans } = this.#week;
    for (const [agentId, some] of spans) this.#addSpans(agentId, some);
    for (const { settings } of this.#policies) if (settings.hours) yield* this.#addChanges(settings.hours);
    const usualMs = usualHeldMs(episodes);
    for (const episode of episodes) {
      this.#addEpisode(jobOf(episode, this.#policyOf, usualMs), from);
      yield;
    }
    for (let next = this.#events.take(); next && next.at <= to; next = this.#events.take()) {
      yield* this.#happens(next.event, next.at);
      yield* this.#giveOut(next.at);
      yield;
    }
    for (const job of this.#line) this.#record(job, null, to);
  }

  #addSpans(agentId: string, spans: readonly Span[]): void {
    const person = this.#people.get(agentId);
    if (!person) return;
    for (const { from, to } of spans) {
      this.#events.add(from, { kind: 'there', person });
      this.#events.add(to, { kind: 'away', person });
    }
  }

  *#addChanges(hours: BusinessHours): Generator<void> {
    const { from, to } = this.#week;
    for (let at = nextChange(hours, new Date(from)); at && at.getTime() < to; at = nextChange(hours, at)) {
      this.#events.add(at.getTime(), { kind: 'hours' });
      yield;
    }
  }

  /** What somebody had in hand before goes on as it was. */
  #addEpisode(job: Job, from: number): void {
    const { given, endedAt, since } = job.episode;
    if (given && given.at < from) {
      const person = this.#people.get(given.agentId);
      const until = endedAt ?? given.at + job.heldMs;
      if (person && until > from) this.#take(job, person, from, until - from);
      return;
    }
    this.#events.add(Math.max(since, from), { kind: 'comes', job });
    if (!given && endedAt !== null) this.#events.add(Math.max(endedAt, from), { kind: 'goes', job });
  }

  *#happens(event: Event, at: number): Generator<void> {
    switch (event.kind) {
      case 'comes':
        this.#waits(event.job, at);
        this.#addMoments(event.job, at);
        break;
      case 'goes':
        if (this.#line.remove(event.job)) this.#record(event.job, null, at);
        break;
      case 'due':
        this.#waitsElsewhere(event.job, at);
        break;
      case 'hours':
        for (const job of this.#line) {
          this.#waitsElsewhere(job, at);
          yield;
        }
        break;
      case 'ends':
        this.#ends(event.job, event.person, at);
        break;
      case 'there':
      case 'away':
        event.person.isThere = event.kind === 'there';
        setAvailability(event.person, at);
        break;
      case 'wrapped_up':
        setAvailability(event.person, at);
    }
  }

  #waits(job: Job, at: number): void {
    const now = new Date(at);
    if (moveOn(job, this.#policyOf, now)) this.#addMoments(job, at);
    job.needs = needsOf(job, this.#policyOf, now);
    this.#line.add(job);
  }

  #waitsElsewhere(job: Job, at: number): void {
    if (this.#line.remove(job)) this.#waits(job, at);
  }

  #addMoments(job: Job, at: number): void {
    for (const moment of momentsOf(job, this.#policyOf))
      if (moment > at) this.#events.add(moment, { kind: 'due', job });
  }

  *#giveOut(at: number): Generator<void> {
    const hopeless = new Set<string>();
    for (let job = this.#line.first(hopeless); job; job = this.#line.first(hopeless)) {
      const person = this.#choose(job, at);
      if (person) {
        this.#line.remove(job);
        this.#record(job, person.agent._id, at);
        this.#take(job, person, at, job.heldMs);
      } else hopeless.add(job.needs);
      yield;
    }
  }

  #choose(job: Job, at: number): Person | null {
    const policy = this.#policyOf(job);
    const lastAgentId = this.#lastAgentOf(job, policy, at);
    const situation = { policy, now: new Date(at), lastAgentId, full: this.#ceilings.fullFor(job) };
    const { agentId } = choose(job, this.#agents, situation);
    return (agentId && this.#people.get(agentId)) || null;
  }

  #lastAgentOf({ lastAssigneeId, episode }: Job, { settings }: Policy, at: number): string | null {
    if (settings.stickyHours === null || lastAssigneeId) return null;
    const last = this.#lastAgents.get(episode.state.contactId);
    return last && at - last.at <= settings.stickyHours * 3_600_000 ? last.agentId : null;
  }

  #take(job: Job, person: Person, at: number, forMs: number): void {
    const { agent } = person;
    agent.used[job.channel]++;
    agent.lastAssignedAt = new Date(at);
    this.#ceilings.add(job);
    this.#lastAgents.set(job.episode.state.contactId, { agentId: agent._id, at });
    this.#events.add(at + forMs, { kind: 'ends', job, person });
  }

  #ends(job: Job, person: Person, at: number): void {
    person.agent.used[job.channel]--;
    this.#ceilings.add(job, -1);
    const { wrapUpSeconds } = this.#policyOf(job).settings;
    if (wrapUpSeconds === 0) return;
    person.wrapsUpUntil = at + wrapUpSeconds * 1000;
    setAvailability(person, at);
    this.#events.add(person.wrapsUpUntil, { kind: 'wrapped_up', person });
  }

  #record({ episode: { since }, heldMs }: Job, agentId: string | null, at: number): void {
    if (since >= this.#week.from) this.outcomes.push({ since, agentId, at, heldMs: agentId ? heldMs : 0 });
  }
}

const idle = (agent: Eligible): Eligible => ({
  ...agent,
  availability: 'offline',
  used: { chat: 0, email: 0 },
  lastAssignedAt: new Date(0),
});

function setAvailability({ agent, isThere, wrapsUpUntil }: Person, at: number): void {
  if (!isThere) agent.availability = 'offline';
  else agent.availability = wrapsUpUntil <= at ? 'available' : 'wrap_up';
}
