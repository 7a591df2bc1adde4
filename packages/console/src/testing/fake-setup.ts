import type {
  Inbox,
  Input,
  Output,
  Person,
  PersonSettings,
  RoutingOf,
  RoutingSettings,
  SetRouting,
  Team,
} from '@helpline/protocol';
import type { HelplineError } from '@helpline/sdk/agent';
import type { SetupClient } from '../client.js';
import { ben, carla, personOf, shopChat, shopMail } from './people.js';

/** What administrators set up, without a server. */
export class FakeSetup implements SetupClient {
  readonly asked: string[];
  staff: Person[] = [personOf(ben), personOf(carla)];
  departments: Team[] = [];
  set: SetRouting[] = [];
  /** What hours come to. */
  opening: Output<'routing.previewHours'> = { isOpen: true, changesAt: '2026-03-02T16:00:00Z' };
  /** What is listed or done next is refused with. */
  refuse: HelplineError | null = null;

  constructor(asked: string[]) {
    this.asked = asked;
  }

  /** How far a dry run has come, each time it is asked, and what comes out in the end. */
  dryRunSteps: number[] = [];
  dryRunOutcome: Output<'routing.dryRunResult'>['result'] = null;

  async dryRun(asked: Input<'routing.dryRun'>): Promise<string> {
    this.asked.push(`dry run ${JSON.stringify(asked)}`);
    this.#refuseIfTold();
    return 'run';
  }

  async dryRunResult(): Promise<Output<'routing.dryRunResult'>> {
    const done = this.dryRunSteps.shift();
    return done === undefined ? { done: 1, result: this.dryRunOutcome } : { done, result: null };
  }

  async people(): Promise<Person[]> {
    this.#refuseIfTold();
    return this.staff;
  }

  async addPerson({ email, ...settings }: Input<'agent.add'>) {
    this.asked.push(`add person ${JSON.stringify({ email, ...settings })}`);
    this.#refuseIfTold();
    const person = { ...personOf(carla), ...settings, id: `person-${this.staff.length}`, email };
    this.staff = [...this.staff, person];
    return { person, password: 'one-time-password' };
  }

  async updatePerson(agentId: string, settings: PersonSettings): Promise<Person> {
    this.asked.push(`update ${agentId} ${JSON.stringify(settings)}`);
    return this.#change(agentId, settings);
  }

  async deactivatePerson(agentId: string): Promise<Person> {
    this.asked.push(`deactivate ${agentId}`);
    return this.#change(agentId, { isActive: false });
  }

  async reactivatePerson(agentId: string) {
    this.asked.push(`reactivate ${agentId}`);
    return { person: this.#change(agentId, { isActive: true }), password: 'one-time-password' };
  }

  async resetPassword(agentId: string) {
    this.asked.push(`reset ${agentId}`);
    return { person: this.#change(agentId, { hasOneTimePassword: true }), password: 'one-time-password' };
  }

  async teams(): Promise<Team[]> {
    this.#refuseIfTold();
    return this.departments;
  }

  async addTeam(team: Omit<Team, 'id'>): Promise<Team> {
    this.asked.push(`add team ${JSON.stringify(team)}`);
    this.#refuseIfTold();
    const added = { id: `team-${this.departments.length}`, ...team };
    this.departments = [...this.departments, added];
    return added;
  }

  async updateTeam(teamId: string, team: Omit<Team, 'id'>): Promise<Team> {
    this.asked.push(`update ${teamId} ${JSON.stringify(team)}`);
    this.#refuseIfTold();
    const changed = { id: teamId, ...team };
    this.departments = this.departments.map((one) => (one.id === teamId ? changed : one));
    return changed;
  }

  async removeTeam(teamId: string): Promise<void> {
    this.asked.push(`remove ${teamId}`);
    this.#refuseIfTold();
    this.departments = this.departments.filter(({ id }) => id !== teamId);
  }

  async setTeamOfInbox(inboxId: string, teamId: string | null): Promise<Inbox> {
    this.asked.push(`team of ${inboxId} ${teamId}`);
    this.#refuseIfTold();
    return { ...(inboxId === shopMail.id ? shopMail : shopChat), teamId };
  }

  async routing(): Promise<SetRouting[]> {
    this.#refuseIfTold();
    return this.set;
  }

  async setRouting(of: RoutingOf, settings: RoutingSettings): Promise<SetRouting> {
    this.asked.push(`route ${JSON.stringify({ of, settings })}`);
    this.#refuseIfTold();
    const known = this.set.find((one) => isSame(one.of, of));
    const set = { of, settings, version: (known?.version ?? 0) + 1 };
    this.set = [...this.set.filter((one) => one !== known), set];
    return set;
  }

  async previewHours(): Promise<Output<'routing.previewHours'>> {
    return this.opening;
  }

  async unsetRouting(of: RoutingOf): Promise<void> {
    this.asked.push(`unset ${JSON.stringify(of)}`);
    this.#refuseIfTold();
    this.set = this.set.filter((one) => !isSame(one.of, of));
  }

  #change(agentId: string, change: Partial<Person>): Person {
    this.#refuseIfTold();
    const changed = this.staff.map((one) => (one.id === agentId ? { ...one, ...change } : one));
    this.staff = changed;
    return changed.find(({ id }) => id === agentId) ?? personOf(ben);
  }

  #refuseIfTold(): void {
    const { refuse } = this;
    this.refuse = null;
    if (refuse) throw refuse;
  }
}

const isSame = (a: RoutingOf, b: RoutingOf): boolean => JSON.stringify(a) === JSON.stringify(b);
