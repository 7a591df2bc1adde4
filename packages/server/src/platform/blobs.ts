import { type Readable, Readable as ReadableFrom } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Database, GridFSBucket, isDuplicateKey } from './database.js';
import { newId } from './ids.js';
import type { Secrets } from './secrets.js';

export interface BlobInfo {
  workspaceId: string;
  filename: string;
  mimeType: string;
  /** When it may be deleted; null is never. */
  expiresAt: Date | null;
}

/** As GridFS cuts files. */
const chunkBytes = 255 * 1024;

interface StoredFile {
  _id: string;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  filename: string;
  metadata: BlobInfo & { name: string; nonce: Buffer; tag: Buffer };
}

interface StoredChunk {
  _id: string;
  files_id: string;
  n: number;
  data: Buffer;
}

/** Large things, in GridFS and encrypted: attachments, HTML bodies, raw mails. Written before the entry that names them. */
export class Blobs {
  readonly #db: Database;
  readonly #secrets: Secrets;
  readonly #bucket: InstanceType<typeof GridFSBucket>;
  #indexed: Promise<unknown> | undefined;

  constructor(db: Database, secrets: Secrets) {
    this.#db = db;
    this.#bucket = new GridFSBucket(db, { bucketName: 'blobs' });
    this.#secrets = secrets;
  }

  /**
   * `id` given: writing the same blob again is no second one. Each try is a file of its own, and whichever is first to
   * be whole gets the name: two that write at once don't get into each other's way.
   */
  async put(content: Uint8Array, info: BlobInfo, id: string = newId()): Promise<string> {
    if (await this.#fileOf(id)) return id;
    const { nonce, tag, data } = this.#secrets.seal(content, id);
    const file = newId();
    const metadata = { ...info, name: id, nonce, tag };
    if (data.length <= chunkBytes) await this.#writeSmall(file, data, metadata);
    else
      await pipeline(
        ReadableFrom.from([data]),
        this.#bucket.openUploadStreamWithId(file as never, info.filename, { metadata }),
      );
    try {
      await this.#names.insertOne({ _id: id, file });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.#bucket.delete(file as never);
    }
    return id;
  }

  /** Null if there is none (any more). */
  async get(id: string): Promise<{ info: BlobInfo; content: Buffer } | null> {
    const file = await this.#fileOf(id);
    if (!file) return null;
    const data = await collect(this.#bucket.openDownloadStream(file._id as never));
    const { name: _, nonce, tag, ...info } = file.metadata;
    return { info, content: this.#secrets.open({ nonce, tag, data }, id) };
  }

  async info(id: string): Promise<BlobInfo | null> {
    return (await this.#fileOf(id))?.metadata ?? null;
  }

  /** Deletes what has expired; gives how many. */
  async sweep(now: Date): Promise<number> {
    const expired = await this.#files
      .find({ 'metadata.expiresAt': { $lt: now } }, { projection: { 'metadata.name': 1 } })
      .toArray();
    for (const { _id, metadata } of expired) {
      await this.#names.deleteOne({ _id: metadata.name, file: _id });
      await this.#bucket.delete(_id as never);
    }
    return expired.length;
  }

  /** What a stream would do one after the other; nobody finds the file before it has its name. */
  async #writeSmall(file: string, data: Buffer, metadata: StoredFile['metadata']): Promise<void> {
    this.#indexed ??= this.#chunks.createIndex({ files_id: 1, n: 1 }, { unique: true });
    await this.#indexed;
    const { filename } = metadata;
    await Promise.all([
      this.#chunks.insertOne({ _id: newId(), files_id: file, n: 0, data: data }),
      this.#files.insertOne({
        _id: file,
        length: data.length,
        chunkSize: chunkBytes,
        uploadDate: new Date(),
        filename,
        metadata,
      }),
    ]);
  }

  async #fileOf(id: string): Promise<StoredFile | null> {
    const name = await this.#names.findOne({ _id: id });
    return name && this.#files.findOne({ _id: name.file });
  }

  get #chunks() {
    return this.#db.collection<StoredChunk>('blobs.chunks');
  }

  get #names() {
    return this.#db.collection<{ _id: string; file: string }>('blobs.names');
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
