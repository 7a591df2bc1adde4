import { Readable } from 'node:stream';
import { copiedId, publicFiles } from '../../conversations/index.js';
import { type Entry, isKnown, type Journal, type MessageEntry } from '../../journal/index.js';
import type { BlobStreams } from '../../platform/blob-streams.js';
import type { Blobs } from '../../platform/blobs.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { type Grant, openGrant, type Shown, sealGrant } from './show/grant.js';
import { countRemoteImages, mailPage } from './show/mail-page.js';
import { type OpenedImage, RemoteImages } from './show/remote-images.js';
import type { MailStore } from './store.js';
import { say } from './texts.js';

export interface OpenedFile {
  filename: string;
  mimeType: string;
  size: number;
  content: Readable;
  /** A mail as a page, to be shown in a sandbox; every other file is only for download. */
  isPage: boolean;
}

export interface Link {
  url: string;
  expiresAt: string;
}

const validMs = 10 * 60_000;
const pageOfEntries = 200;

/** Files of mails and mails themselves, each behind a link that is signed and soon over. The caller may see the conversation. */
export class Files {
  readonly #journal: Journal;
  readonly #blobs: Blobs;
  readonly #streams: BlobStreams;
  readonly #store: Pick<MailStore, 'rawOf'>;
  readonly #hmacKey: Buffer;
  readonly #publicUrl: string;
  readonly #remoteImages: RemoteImages;

  constructor(parts: {
    journal: Journal;
    blobs: Blobs;
    streams: BlobStreams;
    store: Pick<MailStore, 'rawOf'>;
    hmacKey: Buffer;
    publicUrl: string;
    remoteImages?: RemoteImages;
  }) {
    this.#journal = parts.journal;
    this.#blobs = parts.blobs;
    this.#streams = parts.streams;
    this.#store = parts.store;
    this.#hmacKey = parts.hmacKey;
    this.#publicUrl = parts.publicUrl;
    this.#remoteImages = parts.remoteImages ?? new RemoteImages(parts);
  }

  /** Throws `not_found` unless an entry of the conversation names the file. */
  async link(workspaceId: string, conversationId: string, fileId: string): Promise<Link> {
    await this.#checkWorkspace(workspaceId, conversationId);
    const entry = await this.#findNaming(conversationId, fileId);
    return this.#linkTo('file', entry, fileId);
  }

  /** The same for whom the conversation is about: the file at `index` of his entry `n`. */
  async publicLink(conversationId: string, n: number, index: number): Promise<Link> {
    const [entry] = (await this.#journal.sync(conversationId, 'public', n - 1, 1)).entries;
    const file = entry && entry.pub === n ? publicFiles(entry)[index] : undefined;
    if (!entry || !file) throw notFound();
    return this.#linkTo('file', entry, file.fileId);
  }

  /** A link for whoever gets a mail of ours instead of the file. The same whenever it is asked for. */
  linkUntil({ conversationId, seq }: Pick<Entry, 'conversationId' | 'seq'>, fileId: string, until: Date): string {
    const grant = { shown: 'file', conversationId, seq, blobId: fileId, expires: until.getTime() } as const;
    return `${this.#publicUrl}/files/${sealGrant(this.#hmacKey, grant)}`;
  }

  /** The mail of an entry as a page. `images`: with those of other servers, fetched by us. */
  async page(
    workspaceId: string,
    conversationId: string,
    seq: number,
    images: boolean,
  ): Promise<Link & { remoteImages: number }> {
    await this.#checkWorkspace(workspaceId, conversationId);
    const entry = await this.#messageAt(conversationId, seq);
    const htmlId = entry?.payload.mail?.htmlFileId;
    const blob = htmlId && (await this.#blobs.get(htmlId));
    if (!entry || !htmlId || !blob) throw notFound();
    const link = this.#linkTo(images ? 'pictures' : 'page', entry, htmlId);
    return { ...link, remoteImages: countRemoteImages(blob.content.toString()) };
  }

  /** The raw mail of an entry, for as long as it is kept. */
  async original(workspaceId: string, conversationId: string, seq: number): Promise<Link> {
    await this.#checkWorkspace(workspaceId, conversationId);
    const entry = await this.#messageAt(conversationId, seq);
    if (!entry?.payload.mail) throw notFound();
    const rawId = await this.#store.rawOf(copiedId(entry) ?? entry._id);
    if (!rawId || !(await this.#blobs.info(rawId)))
      throw new DeskError('not_found', { detail: say('mail.original_gone') });
    return this.#linkTo('original', entry, rawId);
  }

  /** A raw mail that the ledger of a mailbox names. The caller may see the mailbox. */
  ofLedger(rawFileId: string): Link {
    return this.#linkTo('ledger', { conversationId: 'none', seq: 0 }, rawFileId);
  }

  /** Null for a token that is not ours or too old, and for what is gone: a redacted entry names nothing. */
  async open(token: string, locale: string): Promise<OpenedFile | null> {
    const grant = openGrant(this.#hmacKey, token);
    if (grant?.shown === 'ledger') return this.#openRaw(grant.blobId);
    const entry = grant && (await this.#entryAt(grant.conversationId, grant.seq));
    if (!entry || !names(entry, grant)) return null;
    if (grant.shown === 'original' && isMessage(entry)) return this.#openRaw(grant.blobId, originalName(entry));
    if (grant.shown === 'file') return this.#openFile(grant.blobId);
    return this.#openPage(grant, locale);
  }

  async #openFile(fileId: string): Promise<OpenedFile | null> {
    const blob = await this.#streams.open(fileId);
    if (!blob) return null;
    const { info, size, content } = blob;
    return { filename: info.filename, mimeType: info.mimeType, size, content, isPage: false };
  }

  async #openPage(grant: Grant, locale: string): Promise<OpenedFile | null> {
    const blob = await this.#blobs.get(grant.blobId);
    if (!blob) return null;
    const { filename, mimeType, workspaceId } = blob.info;
    const page = mailPage(blob.content.toString(), locale, {
      own: (fileId) => sealGrant(this.#hmacKey, { ...grant, shown: 'file', blobId: fileId }),
      remote:
        grant.shown === 'pictures' ? (url) => this.#remoteImages.address(workspaceId, url, grant.expires) : () => null,
    });
    const content = Readable.from([page]);
    return { filename, mimeType, size: Buffer.byteLength(page), content, isPage: true };
  }

  async #openRaw(rawFileId: string, filename = 'mail.eml'): Promise<OpenedFile | null> {
    const blob = await this.#streams.open(rawFileId);
    return blob && { filename, mimeType: 'message/rfc822', size: blob.size, content: blob.content, isPage: false };
  }

  openImage(token: string, address: string): Promise<OpenedImage | null> {
    return this.#remoteImages.open(token, address);
  }

  async #checkWorkspace(workspaceId: string, conversationId: string): Promise<void> {
    if ((await this.#journal.state(conversationId))?.workspaceId !== workspaceId) throw notFound();
  }

  async #messageAt(conversationId: string, seq: number): Promise<MessageEntry | null> {
    const entry = await this.#entryAt(conversationId, seq);
    return entry && isMessage(entry) ? entry : null;
  }

  async #entryAt(conversationId: string, seq: number): Promise<Entry | null> {
    if (seq < 1) return null;
    const { entries } = await this.#journal.sync(conversationId, 'everything', seq - 1, 1);
    return entries[0]?.seq === seq ? entries[0] : null;
  }

  async #findNaming(conversationId: string, fileId: string): Promise<Entry> {
    for (let after = 0; ; ) {
      const { entries, more } = await this.#journal.sync(conversationId, 'everything', after, pageOfEntries);
      const found = entries.find((entry) => hasFile(entry, fileId));
      if (found) return found;
      if (!more) throw notFound();
      after = entries.at(-1)?.seq ?? after;
    }
  }

  #linkTo(shown: Shown, { conversationId, seq }: Pick<Entry, 'conversationId' | 'seq'>, blobId: string): Link {
    const expires = Date.now() + validMs;
    const token = sealGrant(this.#hmacKey, { shown, conversationId, seq, blobId, expires });
    return { url: `${this.#publicUrl}/files/${token}`, expiresAt: new Date(expires).toISOString() };
  }
}

const isMessage = (entry: Entry): entry is MessageEntry => entry.type === 'message';

/** Whether the entry still leads to what was granted. */
function names(entry: Entry, { shown, blobId }: Grant): boolean {
  if (shown === 'file') return hasFile(entry, blobId);
  if (!isMessage(entry)) return false;
  if (shown === 'original') return entry.payload.mail !== undefined;
  return entry.payload.mail?.htmlFileId === blobId;
}

const hasFile = (entry: Entry, fileId: string): boolean =>
  isKnown(entry) &&
  'attachments' in entry.payload &&
  (entry.payload.attachments?.some((file) => file.fileId === fileId) ?? false);

const originalName = ({ payload }: MessageEntry): string => `${payload.mail?.subject.slice(0, 80) || 'mail'}.eml`;
