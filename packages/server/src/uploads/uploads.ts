import type { Readable } from 'node:stream';
import type { Attachment, Input, Output, UploadedFile } from '@helpline/protocol';
import type { Journal } from '../journal/index.js';
import type { BlobStreams } from '../platform/blob-streams.js';
import type { Database } from '../platform/database.js';
import { DeskError, notFound } from '../platform/errors.js';
import { derivedId } from '../platform/ids.js';
import type { Logger } from '../platform/logger.js';
import { isSigned, sign } from '../platform/signatures.js';
import { cleanName } from './clean-name.js';
import { receiveBytes } from './receive-bytes.js';
import { type Upload, UploadStore } from './store.js';
import { typeOf } from './type-of.js';
import { UnusedUploads } from './unused.js';

interface Parts {
  db: Database;
  blobs: BlobStreams;
  journal: Journal;
  /** Signs the addresses that files are sent to. */
  hmacKey: Buffer;
  log: Logger;
}

interface Uploader {
  workspaceId: string;
  agentId: string;
}

/** What an entry is to name. */
export interface Attach extends Uploader {
  conversationId: string;
  /** Of the entry. */
  clientId: string;
  /** What it says besides. */
  text: string;
  attachments: Input<'conversation.reply'>['attachments'];
}

const hour = 60 * 60_000;
const unusedMs = 24 * hour;
const sendWithinMs = 2 * hour;
/** What programs for mail show within a text. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Files of agents, from their first byte to the entry that names them. */
export class Uploads {
  readonly #parts: Parts;
  readonly #store: UploadStore;
  readonly #unused: UnusedUploads;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store = new UploadStore(parts.db);
    this.#unused = new UnusedUploads({ ...parts, store: this.#store });
    parts.journal.consume(this.#unused.dropRedacted);
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  /** Says where to send a file; asked again under the same clientId it is the same file. Throws `conflict` for another one. */
  async begin(
    { workspaceId, agentId }: Uploader,
    { conversationId, clientId, filename, size }: Input<'file.begin'>,
  ): Promise<Output<'file.begin'>> {
    const _id = derivedId('upload', workspaceId, agentId, conversationId ?? '', clientId);
    const dropAt = new Date(Date.now() + unusedMs);
    const named = { workspaceId, agentId, conversationId: conversationId ?? null, filename: cleanName(filename), size };
    const known = await this.#store.uploads.findOneAndUpdate(
      { _id },
      { $setOnInsert: { ...named, mimeType: null, uses: [], kept: false }, $set: { dropAt } },
      { upsert: true, returnDocument: 'after' },
    );
    if (known?.filename !== named.filename || known.size !== size) throw new DeskError('conflict');
    const expires = Date.now() + sendWithinMs;
    const url = `/uploads/${_id}.${expires}.${sign(this.#parts.hmacKey, 'upload', `${_id}.${expires}`)}`;
    return { fileId: _id, url, expiresAt: new Date(expires).toISOString() };
  }

  /** Takes the bytes in. Sent again it is the same file. Throws `not_found`, `too_large`, or `bad_request` if they are not as said. */
  async receive(token: string, body: Readable): Promise<UploadedFile> {
    body.on('error', () => {}); // who reads it is told; before that nobody may be
    const upload = await this.#store.uploads.findOne({ _id: this.#openToken(token) });
    if (!upload) throw notFound();
    if (upload.mimeType !== null) {
      body.resume();
      return viewOf(upload, upload.mimeType);
    }
    const { _id, workspaceId, filename, size } = upload;
    const { head, content } = await receiveBytes(body, size);
    const mimeType = await typeOf(head, filename);
    await this.#parts.blobs.put(content, { workspaceId, filename, mimeType, expiresAt: null }, _id);
    const whole = await this.#store.uploads.updateOne({ _id }, { $set: { mimeType } });
    if (whole.matchedCount === 0) await this.#parts.blobs.delete(_id); // it took longer than a day
    return viewOf(upload, mimeType);
  }

  /**
   * What an entry names, for whoever may write it: files that were uploaded for its conversation, or by himself for one
   * that he now begins. Throws `bad_request` that names the field.
   */
  async attach({ text, attachments = [], ...into }: Attach): Promise<{ attachments?: Attachment[] }> {
    if (text === '' && attachments.length === 0) throw refused('/text', 'is empty');
    const found = await this.#store.uploads.find({ _id: { $in: attachments.map(({ fileId }) => fileId) } }).toArray();
    const byId = new Map(found.filter((upload) => mayUse(into, upload)).map((upload) => [upload._id, upload]));
    const named = attachments.map(({ fileId, inline = false }, index): Attachment => {
      const upload = byId.get(fileId);
      if (!upload) throw refused(`/attachments/${index}/fileId`, 'is no file that was uploaded for this');
      if (upload.mimeType === null) throw refused(`/attachments/${index}/fileId`, 'is not whole yet');
      if (inline && !pictures.has(upload.mimeType))
        throw refused(`/attachments/${index}/inline`, 'is for pictures: PNG, JPEG, GIF or WebP');
      return { ...viewOf(upload, upload.mimeType), inline };
    });
    for (const [index, { fileId }] of named.entries())
      if (!(await this.#use(into, fileId))) throw refused(`/attachments/${index}/fileId`, 'is not kept any more');
    return named.length > 0 ? { attachments: named } : {};
  }

  /** Drops now and then what is of no use. One node does so at a time. */
  keepClean(signal: AbortSignal): Promise<void> {
    return this.#unused.run(signal);
  }

  sweep(now: Date): Promise<void> {
    return this.#unused.sweep(now);
  }

  #openToken(token: string): string {
    const [, _id = '', expires = '', signature = ''] = /^([\w-]{1,64})\.(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
    if (!isSigned(this.#parts.hmacKey, 'upload', `${_id}.${expires}`, signature)) throw notFound();
    if (Number(expires) < Date.now()) throw notFound();
    return _id;
  }

  /** Unless it was dropped meanwhile, it stays for another day at least. */
  async #use({ conversationId, clientId }: Use, _id: string): Promise<boolean> {
    const used = await this.#store.uploads.updateOne(
      { _id },
      {
        $set: { conversationId, dropAt: new Date(Date.now() + unusedMs) },
        $addToSet: { uses: { conversationId, clientId } },
      },
    );
    return used.matchedCount === 1;
  }
}

type Use = Pick<Attach, 'conversationId' | 'clientId'>;

const mayUse = (
  { workspaceId, agentId, conversationId }: Omit<Attach, 'text' | 'attachments'>,
  upload: Upload,
): boolean =>
  upload.workspaceId === workspaceId &&
  (upload.conversationId === conversationId || (upload.conversationId === null && upload.agentId === agentId));

const viewOf = ({ _id, filename, size }: Upload, mimeType: string): UploadedFile => ({
  fileId: _id,
  filename,
  mimeType,
  size,
});

const refused = (pointer: string, detail: string): DeskError =>
  new DeskError('bad_request', { errors: [{ pointer, detail }] });
