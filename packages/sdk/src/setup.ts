import type {
  BusinessHours,
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
import type { Connection } from './connection.js';

/** What administrators set up: people, teams, and how what waits is given out. Supervisors may read it. */
export class Setup {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Also those who have left. */
  async people(): Promise<Person[]> {
    return (await this.#connection.call('agent.people', {})).items;
  }

  /** Gives the password that he signs in with the first time; it is told to nobody again. */
  addPerson(person: Input<'agent.add'>): Promise<Output<'agent.add'>> {
    return this.#connection.call('agent.add', person);
  }

  updatePerson(agentId: string, settings: PersonSettings): Promise<Person> {
    return this.#connection.call('agent.update', { agentId, ...settings });
  }

  /** Signs him out everywhere; what is his goes back to the queue. */
  deactivatePerson(agentId: string): Promise<Person> {
    return this.#connection.call('agent.deactivate', { agentId });
  }

  /** He may come back, with a new password. */
  reactivatePerson(agentId: string): Promise<Output<'agent.reactivate'>> {
    return this.#connection.call('agent.reactivate', { agentId });
  }

  /** Gives a new password for whoever forgot his. */
  resetPassword(agentId: string): Promise<Output<'agent.resetPassword'>> {
    return this.#connection.call('agent.resetPassword', { agentId });
  }

  async teams(): Promise<Team[]> {
    return (await this.#connection.call('team.list', {})).items;
  }

  addTeam(team: Omit<Team, 'id'>): Promise<Team> {
    return this.#connection.call('team.add', team);
  }

  updateTeam(teamId: string, team: Omit<Team, 'id'>): Promise<Team> {
    return this.#connection.call('team.update', { teamId, ...team });
  }

  /** Rejects with `unprocessable`, whose detail says what the team is needed for. */
  async removeTeam(teamId: string): Promise<void> {
    await this.#connection.call('team.remove', { teamId });
  }

  setTeamOfInbox(inboxId: string, teamId: string | null): Promise<Inbox> {
    return this.#connection.call('inbox.setTeam', { inboxId, teamId });
  }

  /** Only what somebody has set; for all else the wider settings hold, or the usual ones. */
  async routing(): Promise<SetRouting[]> {
    return (await this.#connection.call('routing.list', {})).items;
  }

  setRouting(of: RoutingOf, settings: RoutingSettings): Promise<SetRouting> {
    return this.#connection.call('routing.set', { of, settings });
  }

  /** Whether it would be open now, and when that changes. */
  previewHours(hours: BusinessHours): Promise<Output<'routing.previewHours'>> {
    return this.#connection.call('routing.previewHours', { hours });
  }

  /** Begins to go through the last days anew, by other settings; gives the id to ask by. Rejects with `busy` while another one runs. */
  async dryRun(asked: Input<'routing.dryRun'>): Promise<string> {
    return (await this.#connection.call('routing.dryRun', asked)).runId;
  }

  /** How far it has come, and what came out. */
  dryRunResult(runId: string): Promise<Output<'routing.dryRunResult'>> {
    return this.#connection.call('routing.dryRunResult', { runId });
  }

  async unsetRouting(of: RoutingOf): Promise<void> {
    await this.#connection.call('routing.unset', { of });
  }
}
