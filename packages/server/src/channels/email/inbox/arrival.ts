import type { Blobs } from '../../../platform/blobs.js';
import type { OpeningPriority } from '../../../routing/index.js';
import type { Staff } from '../../../staff/index.js';
import type { Workspaces } from '../../../workspaces/index.js';
import type { HoldParts } from '../manners/hold-back.js';
import type { MailReader } from '../read/read-in-process.js';
import type { MailAddress, ReadMail } from '../read/types.js';
import type { LedgerLine, Mailbox } from '../store.js';
import type { JustFetched } from './just-fetched.js';
import type { Read } from './read-or-head.js';
import type { FindKey } from './signing-keys.js';
import type { ThreadParts } from './thread.js';

export interface TakeInParts extends ThreadParts, HoldParts {
  blobs: Blobs;
  reader: MailReader;
  justFetched?: JustFetched;
  /** Without it nobody looks at signatures. */
  findKey?: FindKey;
  staff: Pick<Staff, 'memberByEmail'>;
  openingPriority: OpeningPriority;
  workspaces: Pick<Workspaces, 'teamOfInbox'>;
}

/** A mail on its way in, with what is known of it so far. */
export interface Arrival {
  mailbox: Mailbox;
  line: LedgerLine;
  read: Read;
  mail: ReadMail;
  /** The same for every copy of the mail. */
  key: string;
  /** The addresses of the workspace's own mailboxes. */
  own: ReadonlySet<string>;
  /** Null where the mail names nobody, or only ourselves. */
  sender: MailAddress | null;
}
