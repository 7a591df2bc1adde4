import type { Inbox as InboxView } from '@helpline/protocol';
import type { Database } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import { Remembered } from '../platform/remembered.js';
import type { Secrets } from '../platform/secrets.js';
import { type Visibility, visibleFilter } from '../platform/visibility.js';
import { checkLeadsUp, inboxView } from './rules.js';
import { type Brand, type Inbox, type Team, type Workspace, WorkspaceStore } from './store.js';

/** Every visitor who comes asks for his inbox; another node's change may be seen that much later. */
const rememberedMs = 5_000;

/** Workspaces, their brands and inboxes. */
export class Workspaces {
  readonly #store: WorkspaceStore;
  readonly #secrets: Secrets;
  readonly #inboxes: Remembered<Inbox>;
  readonly #inboxesByKey: Remembered<Inbox>;
  readonly #brands: Remembered<Brand>;

  constructor(db: Database, secrets: Secrets) {
    const store = new WorkspaceStore(db);
    this.#store = store;
    this.#secrets = secrets;
    this.#inboxes = new Remembered(rememberedMs, (_id) => store.inboxes.findOne({ _id }));
    this.#inboxesByKey = new Remembered(rememberedMs, (publicKey) => store.inboxes.findOne({ publicKey }));
    this.#brands = new Remembered(rememberedMs, (_id) => store.brands.findOne({ _id }));
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  /** Whether nobody has set this database up yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.#store.workspaces.findOne({}, { projection: { _id: 1 } })) === null;
  }

  /** Creates it, or leaves what is there: seeding twice changes nothing. */
  async addWorkspace(workspace: Workspace): Promise<void> {
    await this.#store.workspaces.updateOne({ _id: workspace._id }, { $setOnInsert: workspace }, { upsert: true });
  }

  async addBrand(brand: Brand): Promise<void> {
    await this.#store.brands.updateOne({ _id: brand._id }, { $setOnInsert: brand }, { upsert: true });
  }

  async addInbox(inbox: Omit<Inbox, 'identitySecret'> & { identitySecret?: string }): Promise<void> {
    const { identitySecret, ...rest } = inbox;
    const sealed = identitySecret ? { identitySecret: this.#secrets.seal(identitySecret, inbox._id) } : {};
    await this.#store.inboxes.updateOne({ _id: inbox._id }, { $setOnInsert: { ...rest, ...sealed } }, { upsert: true });
  }

  async addTeam(team: Team): Promise<void> {
    await this.#store.teams.updateOne({ _id: team._id }, { $setOnInsert: team }, { upsert: true });
  }

  teams(workspaceId: string): Promise<Team[]> {
    return this.#store.teams.find({ workspaceId }).sort({ name: 1 }).toArray();
  }

  /** Throws `not_found`. */
  async team(workspaceId: string, teamId: string): Promise<Team> {
    const team = await this.#store.teams.findOne({ _id: teamId, workspaceId });
    if (!team) throw notFound();
    return team;
  }

  async renameTeam(workspaceId: string, teamId: string, name: string): Promise<void> {
    await this.#store.teams.updateOne({ _id: teamId, workspaceId }, { $set: { name } });
  }

  async removeTeam(workspaceId: string, teamId: string): Promise<void> {
    await this.#store.teams.updateMany({ workspaceId, escalatesTo: teamId }, { $unset: { escalatesTo: true } });
    await this.#store.teams.deleteOne({ _id: teamId, workspaceId });
  }

  /** Says which team gets what is too much for this one; null for none. Throws `not_found`, `unprocessable` for a circle. */
  async setEscalation(workspaceId: string, teamId: string, to: string | null): Promise<void> {
    const teams = await this.teams(workspaceId);
    for (const id of to ? [teamId, to] : [teamId]) if (!teams.some(({ _id }) => _id === id)) throw notFound();
    if (to) checkLeadsUp(teams, teamId, to);
    const change = to ? { $set: { escalatesTo: to } } : ({ $unset: { escalatesTo: true } } as const);
    await this.#store.teams.updateOne({ _id: teamId, workspaceId }, change);
  }

  brands(workspaceId: string): Promise<Brand[]> {
    return this.#store.brands.find({ workspaceId }).sort({ name: 1 }).toArray();
  }

  /** Whose what comes in there is, if it is a team's. */
  async teamOfInbox(inboxId: string): Promise<string | null> {
    return (await this.#inboxes.get(inboxId))?.teamId ?? null;
  }

  inboxesOfTeam(workspaceId: string, teamId: string): Promise<Inbox[]> {
    return this.#store.inboxes.find({ workspaceId, teamId }).sort({ name: 1 }).toArray();
  }

  /** What comes in there from now on is the team's. Throws `not_found`. */
  async setInboxTeam(visibility: Visibility, inboxId: string, teamId: string | null): Promise<InboxView> {
    const filter = { ...visibleFilter(visibility), _id: inboxId };
    const set = { $set: { teamId } };
    const inbox = await this.#store.inboxes.findOneAndUpdate(filter, set, { returnDocument: 'after' });
    if (!inbox) throw notFound();
    this.#inboxes.forget();
    this.#inboxesByKey.forget();
    return inboxView(inbox, await this.brands(visibility.workspaceId));
  }

  async removeInbox(inboxId: string): Promise<void> {
    await this.#store.inboxes.deleteOne({ _id: inboxId });
    this.#inboxes.forget();
    this.#inboxesByKey.forget();
  }

  inboxByPublicKey(publicKey: string): Promise<Inbox | null> {
    return this.#inboxesByKey.get(publicKey);
  }

  /** Throws `not_found`. */
  async inbox(inboxId: string): Promise<Inbox> {
    const inbox = await this.#inboxes.get(inboxId);
    if (!inbox) throw notFound();
    return inbox;
  }

  /** Throws `not_found`, also for a brand of another workspace. */
  async brand(workspaceId: string, brandId: string): Promise<Brand> {
    const brand = await this.#brands.get(brandId);
    if (brand?.workspaceId !== workspaceId) throw notFound();
    return brand;
  }

  /** The key with which visitors' identities for this inbox are signed, if it has one. */
  identityKey(inbox: Inbox): Uint8Array | null {
    return inbox.identitySecret ? this.#secrets.open(inbox.identitySecret, inbox._id) : null;
  }

  async visibleInboxes(visibility: Visibility): Promise<InboxView[]> {
    const inboxes = await this.#store.inboxes.find(visibleFilter(visibility)).sort({ name: 1 }).toArray();
    const brands = await this.brands(visibility.workspaceId);
    return inboxes.map((inbox) => inboxView(inbox, brands));
  }

  /** Throws `not_found`. */
  async checkSeesInbox(visibility: Visibility, inboxId: string): Promise<void> {
    if (!(await this.#store.inboxes.findOne({ ...visibleFilter(visibility), _id: inboxId }))) throw notFound();
  }
}
