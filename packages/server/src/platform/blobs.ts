import { type Readable, Readable as ReadableFrom } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Database, GridFSBucket } from './database.js';
import { newId } from './ids.js';
import type { Secrets } from './secrets.js';

export interface BlobInfo {
  workspaceId: string;
  filename: string;
  mimeType: string;
  /** When it may be deleted; null is never. */
  expiresAt: Date | null;
}

interface StoredFile {
  _id: string;
  length: number;
  filename: string;
  metadata: BlobInfo & { nonce: Buffer; tag: Buffer };
}

/** Large things, in GridFS and encrypted: attachments, HTML bodies, raw mails. Written before the entry that names them. */
export class Blobs {
  readonly #db: Database;
  readonly #secrets: Secrets;

  constructor(db: Database, secrets: Secrets) {
    this.#db = db;
    this.#secrets = secrets;
  }

  /** `id` given: writing the same blob again is no second one. */
  async put(content: Uint8Array, info: BlobInfo, id: string = newId()): Promise<string> {
    if (await this.#files.findOne({ _id: id }, { projection: { _id: 1 } })) return id;
    await this.#db.collection('blobs.chunks').deleteMany({ files_id: id as never }); // of a try that broke off
    const { nonce, tag, data } = this.#secrets.seal(content, id);
    const upload = this.#bucket.openUploadStreamWithId(id as never, info.filename, {
      metadata: { ...info, nonce, tag },
    });
    await pipeline(ReadableFrom.from([data]), upload);
    return id;
  }

  /** Null if there is none (any more). */
  async get(id: string): Promise<{ info: BlobInfo; content: Buffer } | null> {
    const file = await this.#files.findOne({ _id: id });
    if (!file) return null;
    const data = await collect(this.#bucket.openDownloadStream(id as never));
    const { nonce, tag, ...info } = file.metadata;
    return { info, content: this.#secrets.open({ nonce, tag, data }, id) };
  }

  async info(id: string): Promise<BlobInfo | null> {
    return (await this.#files.findOne({ _id: id }))?.metadata ?? null;
  }

  /** Deletes what has expired; gives how many. */
  async sweep(now: Date): Promise<number> {
    const expired = await this.#files
      .find({ 'metadata.expiresAt': { $lt: now } }, { projection: { _id: 1 } })
      .toArray();
    for (const { _id } of expired) await this.#bucket.delete(_id as never);
    return expired.length;
  }

  get #bucket() {
    return new GridFSBucket(this.#db, { bucketName: 'blobs' });
  }

  get #files() {
    return this.#db.collection<StoredFile>('blobs.files');
  }
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
