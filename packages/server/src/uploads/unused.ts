import type { Consumer, Journal } from '../journal/index.js';
import type { BlobStreams } from '../platform/blob-streams.js';
import type { Logger } from '../platform/logger.js';
import { nowAndThen } from '../platform/now-and-then.js';
import type { Upload, UploadStore } from './store.js';

interface Parts {
  store: UploadStore;
  blobs: BlobStreams;
  journal: Journal;
  log: Logger;
}

const everyMs = 60 * 60_000;
const atOnce = 100;

/** Drops the files that no entry names, or names any more. */
export class UnusedUploads {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  run(held: AbortSignal): Promise<void> {
    const { log } = this.#parts;
    return nowAndThen(everyMs, { held, log, what: 'dropping unused files' }, () => this.sweep(new Date()));
  }

  /** What nothing names after a day. An entry may have been written by a node that then fell silent, so the journal is asked. */
  async sweep(now: Date): Promise<void> {
    const { blobs, store } = this.#parts;
    const due = { kept: false, dropAt: { $lt: now } };
    for (const { _id, uses } of await store.uploads.find(due).limit(atOnce).toArray()) {
      if (await this.#isNamed(uses)) await store.uploads.updateOne({ _id }, { $set: { kept: true } });
      else if ((await store.uploads.deleteOne({ _id, ...due })).deletedCount === 1) await blobs.delete(_id);
    }
  }

  /** A text that is taken out takes its files along, unless another entry names them too. */
  readonly dropRedacted: Consumer = {
    name: 'uploads-redacted',
    wants: ({ type }) => type === 'redacted',
    handle: async (refs) => {
      for (const entry of await this.#parts.journal.entriesById(refs.map(({ _id }) => _id)))
        if (entry.type === 'redacted') await this.#dropFilesOf(entry.conversationId, entry.payload.of);
    },
  };

  async #dropFilesOf(conversationId: string, seq: number): Promise<void> {
    const { blobs, journal, store } = this.#parts;
    const [entry] = (await journal.sync(conversationId, 'everything', seq - 1, 1)).entries;
    const use = { conversationId, clientId: entry?.clientId ?? '' };
    for (const { _id, uses } of await store.uploads.find({ uses: { $elemMatch: use } }).toArray()) {
      const others = uses.filter(({ clientId }) => clientId !== use.clientId);
      if (await this.#isNamed(others)) await store.uploads.updateOne({ _id }, { $pull: { uses: use } });
      else {
        await blobs.delete(_id);
        await store.uploads.deleteOne({ _id });
      }
    }
  }

  async #isNamed(uses: Upload['uses']): Promise<boolean> {
    for (const { conversationId, clientId } of uses) {
      const entry = await this.#parts.journal.entryByClientId(conversationId, clientId);
      if (entry && entry.hash !== null) return true;
    }
    return false;
  }
}
