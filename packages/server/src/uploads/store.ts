import type { Collection, Database } from '../platform/database.js';

/** A file that somebody of the staff has begun to upload. */
export interface Upload {
  /** Of the file's blob, too. */
  _id: string;
  workspaceId: string;
  agentId: string;
  /** Null as long as it is for a mail that begins a conversation. */
  conversationId: string | null;
  filename: string;
  size: number;
  /** Null as long as it is not whole. */
  mimeType: string | null;
  /** The entries that were to name it: whether they were written, the journal says. */
  uses: { conversationId: string; clientId: string }[];
  /** An entry names it. */
  kept: boolean;
  /** When it goes, unless an entry names it by then. */
  dropAt: Date;
}

export class UploadStore {
  readonly uploads: Collection<Upload>;

  constructor(db: Database) {
    this.uploads = db.collection<Upload>('uploads');
  }

  async prepare(): Promise<void> {
    await this.uploads.createIndexes([
      { key: { dropAt: 1 }, partialFilterExpression: { kept: false } },
      { key: { 'uses.conversationId': 1, 'uses.clientId': 1 } },
    ]);
  }
}
