import type { ChannelName } from '@helpline/protocol';
import type { Collection, Database } from '../platform/database.js';
import type { Sealed } from '../platform/secrets.js';

export interface Workspace {
  _id: string;
  name: string;
}

export interface Brand {
  _id: string;
  workspaceId: string;
  name: string;
}

export interface Team {
  _id: string;
  workspaceId: string;
  name: string;
  /** The team that gets what is too much for this one. */
  escalatesTo?: string;
}

export interface Inbox {
  _id: string;
  workspaceId: string;
  brandId: string;
  teamId: string | null;
  name: string;
  channel: ChannelName;
  /** What a page names a chat inbox by. Mail inboxes have none. */
  publicKey?: string;
  /** Sites that may embed the chat; `*` is any. This server's own pages always may. */
  allowedOrigins: string[];
  /** With it the company signs who a visitor is. */
  identitySecret?: Sealed;
}

export class WorkspaceStore {
  readonly workspaces: Collection<Workspace>;
  readonly brands: Collection<Brand>;
  readonly inboxes: Collection<Inbox>;
  readonly teams: Collection<Team>;

  constructor(db: Database) {
    this.workspaces = db.collection<Workspace>('workspaces');
    this.brands = db.collection<Brand>('brands');
    this.inboxes = db.collection<Inbox>('inboxes');
    this.teams = db.collection<Team>('teams');
  }

  async prepare(): Promise<void> {
    await this.brands.createIndex({ workspaceId: 1 });
    await this.teams.createIndex({ workspaceId: 1 });
    await this.inboxes.createIndexes([
      { key: { workspaceId: 1 } },
      { key: { publicKey: 1 }, unique: true, sparse: true },
    ]);
  }
}
