import type { MailTrouble, Proof } from '@helpline/protocol';
import type { Collection, Database } from '../platform/database.js';

/** What somebody is known by. `external` is the company's own id, from a signed identity. */
export interface Identity {
  kind: 'email' | 'external';
  value: string;
  proof: Proof;
  /** Why mails there are no good. */
  trouble?: Trouble;
}

/** The address is dead, or whoever reads it called a mail of ours unwanted. */
export interface Trouble {
  kind: MailTrouble['kind'];
  at: Date;
}

export interface Contact {
  _id: string;
  workspaceId: string;
  name: string;
  identities: Identity[];
  createdAt: Date;
  /** The address he used, which is not his. */
  claims?: string;
  /** Where he asked to be answered when nobody was there: he said so himself, and nobody has shown that it is his. */
  leftAddress?: string;
  /** Since when nothing may be sent to him. */
  doNotContact?: Date;
  /** What he begins comes one step earlier than it would. */
  vip?: true;
}

export class ContactStore {
  readonly contacts: Collection<Contact>;

  constructor(db: Database) {
    this.contacts = db.collection<Contact>('contacts');
  }

  async prepare(): Promise<void> {
    await this.contacts.createIndexes([
      {
        key: { workspaceId: 1, 'identities.kind': 1, 'identities.value': 1 },
        unique: true,
        partialFilterExpression: { 'identities.value': { $exists: true } },
      },
      { key: { workspaceId: 1, vip: 1 }, partialFilterExpression: { vip: true } },
    ]);
  }
}
