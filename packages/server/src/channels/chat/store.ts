import type { Collection, Database } from '../../platform/database.js';

export interface VisitorSession {
  /** The hash of the token that only the visitor's browser has. */
  _id: string;
  workspaceId: string;
  inboxId: string;
  contactId: string;
  /** His current conversation: changed by compare-and-set only, so that two tabs begin one. */
  conversationId: string | null;
  /** Who a signed token said he is. */
  externalId: string | null;
  createdAt: Date;
}

export class ChatStore {
  readonly sessions: Collection<VisitorSession>;

  constructor(db: Database) {
    this.sessions = db.collection<VisitorSession>('visitorSessions');
  }
}
