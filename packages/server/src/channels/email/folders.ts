import type { MailFolder } from '@helpline/protocol';
import type { ImapFlow } from 'imapflow';
import { DeskError, notFound } from '../../platform/errors.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import { askServer } from './ask-server.js';
import { beginFolder } from './inbox/begin-folder.js';
import type { Reach } from './reach.js';
import { type Folder, inboxPath, type Mailbox, type MailStore } from './store.js';
import { say } from './texts.js';

/** The folders of mailboxes: which there are, and which are watched. */
export class Folders {
  readonly #parts: { store: MailStore; reach: Reach };

  constructor(parts: { store: MailStore; reach: Reach }) {
    this.#parts = parts;
  }

  /** As the server tells now, and those that are watched but gone. Throws `mailbox_unreachable`. */
  async list(visibility: Visibility, mailboxId: string): Promise<MailFolder[]> {
    const mailbox = await this.#mailbox(visibility, mailboxId);
    return describe(mailbox.folders, await askServer(this.#parts.reach, mailbox, listFolders));
  }

  /** From now on these are watched, and INBOX. One that is new begins with its next mail. */
  async watch(visibility: Visibility, mailboxId: string, paths: string[]): Promise<MailFolder[]> {
    const { store, reach } = this.#parts;
    const mailbox = await this.#mailbox(visibility, mailboxId);
    const wanted = new Set([inboxPath, ...paths]);
    const added = [...wanted].filter((path) => !mailbox.folders.some((folder) => folder.path === path));
    const listed = await askServer(reach, mailbox, async (client) => {
      const all = await listFolders(client);
      const missing = added.find((path) => !all.some((one) => one.path === path));
      if (missing !== undefined) throw noSuchFolder(missing);
      for (const path of added) await this.#add(client, mailbox, path);
      return all;
    });
    await store.mailboxes.updateOne({ _id: mailboxId }, { $pull: { folders: { path: { $nin: [...wanted] } } } });
    return describe((await this.#mailbox(visibility, mailboxId)).folders, listed);
  }

  async #add(client: ImapFlow, { _id }: Mailbox, path: string): Promise<void> {
    await client.mailboxOpen(path, { readOnly: true });
    const folder = await beginFolder(client, 0);
    await this.#parts.store.mailboxes.updateOne(
      { _id, 'folders.path': { $ne: folder.path } },
      { $push: { folders: folder } },
    );
  }

  async #mailbox(visibility: Visibility, mailboxId: string): Promise<Mailbox> {
    const mailbox = await this.#parts.store.mailboxes.findOne({ _id: mailboxId, ...visibleFilter(visibility) });
    if (!mailbox) throw notFound();
    return mailbox;
  }
}

interface Listed {
  path: string;
  use: MailFolder['use'];
  mails: number | null;
}

async function listFolders(client: ImapFlow): Promise<Listed[]> {
  const all = await client.list({ statusQuery: { messages: true } });
  return all
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, specialUse, status }) => ({ path, use: useOf(specialUse), mails: status?.messages ?? null }));
}

const uses = ['inbox', 'junk', 'archive', 'sent', 'drafts', 'trash', 'all'] as const;

const useOf = (specialUse: string | undefined): MailFolder['use'] =>
  uses.find((use) => use === specialUse?.slice(1).toLowerCase()) ?? null;

/** What is watched but not listed is gone. */
function describe(watched: Folder[], listed: Listed[]): MailFolder[] {
  const gone = watched.filter(({ path }) => !listed.some((one) => one.path === path));
  return [
    ...listed.map((one) => {
      const folder = watched.find(({ path }) => path === one.path);
      return { ...one, watched: folder !== undefined, problem: folder?.problem ?? null };
    }),
    ...gone.map(({ path }) => ({ path, use: null, mails: null, watched: true, problem: 'gone' as const })),
  ];
}

const noSuchFolder = (folder: string): DeskError =>
  new DeskError('unprocessable', { detail: say('mailbox.no_such_folder', { folder }) });
