import type { Readable } from 'node:stream';
import { BlobStreams } from './blob-streams.js';
import { type Collection, type Database, GridFSBucket, refusedAsDuplicates } from './database.js';
import { Gathered } from './gathered.js';
import { newId } from './ids.js';
import type { Secrets } from './secrets.js';

export interface BlobInfo {
  workspaceId: string;
  filename: string;
  mimeType: string;
  /** When it may be deleted; null is never. */
  expiresAt: Date | null;
}

interface NewBlob {
  id: string;
  content: Uint8Array;
  info: BlobInfo;
}

/** Up to here a blob is one document; a larger one is cut by GridFS. */
const smallBytes = 255 * 1024;
/** Encrypted and sent in one go: nobody waits long for it. */
const togetherBytes = 2 * 1024 * 1024;

interface SmallBlob extends BlobInfo {
  _id: string;
  nonce: Buffer;
  tag: Buffer;
  data: Buffer;
}

interface StoredFile {
  _id: string;
  metadata: BlobInfo & { name: string; nonce: Buffer; tag: Buffer };
}

/** Large things, encrypted: attachments, HTML bodies, raw mails. Written before the entry that names them. */
export class Blobs {
  /** The same piece by piece. */
  readonly streams: BlobStreams;
  readonly #secrets: Secrets;
  readonly #bucket: InstanceType<typeof GridFSBucket>;
  readonly #small: Collection<SmallBlob>;
  readonly #names: Collection<{ _id: string; file: string }>;
  readonly #files: Collection<StoredFile>;
  readonly #coming: Gathered<NewBlob, void>;
  #indexed: Promise<unknown> | undefined;

  constructor(db: Database, secrets: Secrets) {
    this.#secrets = secrets;
    this.streams = new BlobStreams(db, secrets, this);
    this.#bucket = new GridFSBucket(db, { bucketName: 'blobs' });
    this.#small = db.collection<SmallBlob>('blobs.small');
    this.#names = db.collection<{ _id: string; file: string }>('blobs.names');
    this.#files = db.collection<StoredFile>('blobs.files');
    this.#coming = new Gathered(
      (blobs) => this.#putSmall(blobs),
      ({ content }) => content.length / togetherBytes,
    );
  }

  /** `id` given: writing the same blob again is no second one. */
  async put(content: Uint8Array, info: BlobInfo, id: string = newId()): Promise<string> {
    if (content.length <= smallBytes) await this.#coming.ask({ id, content, info });
    else if (!(await this.#fileOf(id))) await this.streams.put(piecesOf(content), info, id);
    return id;
  }

  /** Null if there is none (any more). */
  async get(id: string): Promise<{ info: BlobInfo; content: Buffer } | null> {
    const small = await this.#small.findOne({ _id: id });
    if (small) {
      const { _id, nonce, tag, data, ...info } = small;
      return { info, content: this.#secrets.open({ nonce, tag, data }, id) };
    }
    const file = await this.#fileOf(id);
    if (!file) return null;
    const data = await collect(this.#bucket.openDownloadStream(file._id as never));
    const { name: _, nonce, tag, ...info } = file.metadata;
    return { info, content: this.#secrets.open({ nonce, tag, data }, id) };
  }

  async info(id: string): Promise<BlobInfo | null> {
    const projection = { _id: 0, nonce: 0, tag: 0, data: 0 } as const;
    const small = await this.#small.findOne<BlobInfo>({ _id: id }, { projection });
    return small ?? (await this.#fileOf(id))?.metadata ?? null;
  }

  async delete(id: string): Promise<void> {
    await this.#small.deleteOne({ _id: id });
    await this.streams.delete(id);
  }

  /** Deletes what has expired; gives how many. */
  async sweep(now: Date): Promise<number> {
    await this.#prepared();
    const { deletedCount } = await this.#small.deleteMany({ expiresAt: { $lt: now, $type: 'date' } });
    const expired = await this.#files
      .find({ 'metadata.expiresAt': { $lt: now } }, { projection: { 'metadata.name': 1 } })
      .toArray();
    for (const { _id, metadata } of expired) {
      await this.#names.deleteOne({ _id: metadata.name, file: _id });
      await this.#bucket.delete(_id as never);
    }
    return deletedCount + expired.length;
  }

  async #putSmall(blobs: NewBlob[]): Promise<() => void> {
    await this.#prepared();
    const documents = blobs.map(({ id, content, info }) => ({ ...info, _id: id, ...this.#secrets.seal(content, id) }));
    await this.#small.insertMany(documents, { ordered: false }).catch(refusedAsDuplicates);
    return () => {};
  }

  async #fileOf(id: string): Promise<StoredFile | null> {
    const name = await this.#names.findOne({ _id: id });
    return name && this.#files.findOne({ _id: name.file });
  }

  /** Whatever never goes is not in the index. */
  #prepared(): Promise<unknown> {
    const partialFilterExpression = { expiresAt: { $type: 'date' } };
    this.#indexed ??= this.#small.createIndex({ expiresAt: 1 }, { partialFilterExpression }).catch((error: unknown) => {
      this.#indexed = undefined;
      throw error;
    });
    return this.#indexed;
  }
}

/** Others have their turn between them. */
async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += smallBytes) yield content.subarray(at, at + smallBytes);
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
