import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { BlobInfo, Blobs } from './blobs.js';
import { type Collection, type Database, GridFSBucket, isDuplicateKey } from './database.js';
import { newId } from './ids.js';
import type { Secrets } from './secrets.js';

interface StoredFile {
  _id: string;
  length: number;
  metadata: BlobInfo & { name: string; nonce: Buffer; tag: Buffer };
}

export interface OpenedBlob {
  info: BlobInfo;
  size: number;
  content: Readable;
}

/** Blobs as they come and go, piece by piece: what is large is never held as a whole. */
export class BlobStreams {
  readonly #secrets: Secrets;
  readonly #blobs: Blobs;
  readonly #bucket: InstanceType<typeof GridFSBucket>;
  readonly #names: Collection<{ _id: string; file: string }>;
  readonly #files: Collection<StoredFile>;
  readonly #chunks: Collection<{ files_id: string }>;

  constructor(db: Database, secrets: Secrets, blobs: Blobs) {
    this.#secrets = secrets;
    this.#blobs = blobs;
    this.#bucket = new GridFSBucket(db, { bucketName: 'blobs' });
    this.#names = db.collection<{ _id: string; file: string }>('blobs.names');
    this.#files = db.collection<StoredFile>('blobs.files');
    this.#chunks = db.collection<{ files_id: string }>('blobs.chunks');
  }

  /** Each try is a file of its own, and whichever is whole first gets the name. What breaks off leaves nothing, a crash what `delete` finds. */
  async put(content: AsyncIterable<Uint8Array>, info: BlobInfo, id: string): Promise<void> {
    const file = `${id}:${newId()}`;
    const { nonce, cipher } = this.#secrets.sealing(id);
    const metadata = { ...info, name: id, nonce, tag: Buffer.alloc(0) };
    const stored = this.#bucket.openUploadStreamWithId(file as never, info.filename, { metadata });
    stored.on('error', () => {}); // told by what is waited for
    try {
      for await (const piece of content) await write(stored, cipher.update(piece));
      cipher.final();
      stored.end();
      await finished(stored);
      await this.#files.updateOne({ _id: file }, { $set: { 'metadata.tag': cipher.getAuthTag() } });
    } catch (error) {
      stored.destroy(); // nothing is on its way: each piece was waited for
      await this.#chunks.deleteMany({ files_id: file });
      await this.#files.deleteOne({ _id: file });
      throw error;
    }
    try {
      await this.#names.insertOne({ _id: id, file });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.#bucket.delete(file as never);
    }
  }

  /** Null if there is none (any more). The stream fails at its end if the bytes are not those that were put. */
  async open(id: string): Promise<OpenedBlob | null> {
    const name = await this.#names.findOne({ _id: id });
    const file = name && (await this.#files.findOne({ _id: name.file }));
    if (!file) return this.#openSmall(id);
    const { name: _, nonce, tag, ...info } = file.metadata;
    const content = this.#secrets.opening({ nonce, tag }, id);
    pipeline(this.#bucket.openDownloadStream(file._id as never), content).catch(() => {}); // `content` fails, too
    return { info, size: file.length, content };
  }

  /** Of what was put here, with all that its tries have left. */
  async delete(id: string): Promise<void> {
    const ofTries = { $gt: `${id}:`, $lt: `${id};` };
    await this.#names.deleteOne({ _id: id });
    await this.#files.deleteMany({ _id: ofTries });
    await this.#chunks.deleteMany({ files_id: ofTries });
  }

  async #openSmall(id: string): Promise<OpenedBlob | null> {
    const small = await this.#blobs.get(id);
    return small && { info: small.info, size: small.content.length, content: Readable.from([small.content]) };
  }
}

/** Resolves once the piece is taken. */
const write = (stream: Writable, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => stream.write(piece, (error) => (error ? reject(error) : resolve())));
