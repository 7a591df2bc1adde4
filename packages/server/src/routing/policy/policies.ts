import { type RoutingOf, type RoutingSettings, usualRouting } from '@helpline/protocol';
import type { ConversationState } from '../../journal/index.js';
import type { Collection, Database, Filter } from '../../platform/database.js';

interface StoredPolicy {
  /** `workspace:<id>`, `inbox:<id>` or `team:<id>`. */
  _id: string;
  workspaceId: string;
  of: RoutingOf;
  version: number;
  settings: RoutingSettings;
}

/** How what waits is given out, as somebody set it. */
export interface Policy {
  /** Null where nobody has set anything. */
  of: RoutingOf | null;
  /** A number of its own in the workspace, higher with each change of any policy; 0 where nobody has set anything. */
  version: number;
  settings: RoutingSettings;
}

export const usualPolicy: Policy = { of: null, version: 0, settings: usualRouting };

/** The policies of a workspace, as they stood at one moment. */
export type PolicyOf = (conversation: Pick<ConversationState, 'inboxId' | 'teamId'>) => Policy;

/** What a policy is called in a reason. */
export const nameOf = ({ settings, version }: Policy): string => `${settings.strategy}/${version}`;

/** How each workspace wants its conversations given out. */
export class Policies {
  readonly #stored: Collection<StoredPolicy>;
  readonly #versions: Collection<{ _id: string; last: number }>;
  readonly #changed: ((workspaceId: string) => void)[] = [];

  constructor(db: Database) {
    this.#stored = db.collection<StoredPolicy>('routingPolicies');
    this.#versions = db.collection('routingVersions');
  }

  async prepare(): Promise<void> {
    await this.#stored.createIndex({ workspaceId: 1 });
  }

  /** Hints that what waits there may be given out in another way. */
  onChanged(listener: (workspaceId: string) => void): void {
    this.#changed.push(listener);
  }

  async all(workspaceId: string): Promise<Policy[]> {
    return this.#stored.find({ workspaceId }).sort({ _id: 1 }).toArray();
  }

  async ofWorkspace(workspaceId: string): Promise<PolicyOf> {
    return policyOf(await this.all(workspaceId));
  }

  async set(workspaceId: string, of: RoutingOf, settings: RoutingSettings): Promise<Policy> {
    const set = { $set: { workspaceId, of, settings, version: await this.#nextVersion(workspaceId) } };
    const policy = await this.#stored.findOneAndUpdate({ _id: idOf(workspaceId, of) }, set, {
      upsert: true,
      returnDocument: 'after',
    });
    if (!policy) throw new Error('An upsert gave nothing.');
    for (const listener of this.#changed) listener(workspaceId);
    return policy;
  }

  /** From now on the wider settings hold again. */
  async unset(workspaceId: string, of: RoutingOf): Promise<void> {
    await this.#stored.deleteOne({ _id: idOf(workspaceId, of), workspaceId });
    for (const listener of this.#changed) listener(workspaceId);
  }

  /** Counted for all policies of a workspace together, so that a reason names one alone, also one that is no more. */
  async #nextVersion(_id: string): Promise<number> {
    const options = { upsert: true, returnDocument: 'after' } as const;
    return (await this.#versions.findOneAndUpdate({ _id }, { $inc: { last: 1 } }, options))?.last ?? 0;
  }
}

const idOf = (workspaceId: string, of: RoutingOf): string =>
  `${of.kind}:${of.kind === 'workspace' ? workspaceId : of.id}`;

/** Pure. Those of the team win over the inbox's, these over the workspace's. */
export function policyOf(policies: readonly Policy[]): PolicyOf {
  const by = new Map(policies.map((policy) => [policy.of && keyOf(policy.of), policy]));
  return ({ inboxId, teamId }) =>
    by.get(`team:${teamId}`) ?? by.get(`inbox:${inboxId}`) ?? by.get('workspace') ?? usualPolicy;
}

const keyOf = (of: RoutingOf): string => (of.kind === 'workspace' ? of.kind : `${of.kind}:${of.id}`);

/** What a policy is in force for, of all these: what has a narrower one is left out. `team` says by which team. */
export function scopeOf(
  { of }: Policy,
  policies: readonly Policy[],
  team: 'teamId' | 'rerouted.homeTeamId',
): Filter<ConversationState> {
  const having = (kind: RoutingOf['kind']) =>
    policies.flatMap((one) => (one.of?.kind === kind && 'id' in one.of ? [one.of.id] : []));
  if (of?.kind === 'team') return { [team]: of.id };
  const ofNoTeam = { [team]: { $nin: having('team') } };
  return of?.kind === 'inbox' ? { inboxId: of.id, ...ofNoTeam } : { inboxId: { $nin: having('inbox') }, ...ofNoTeam };
}
