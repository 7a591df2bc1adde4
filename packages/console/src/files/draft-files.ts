import { type Attachment, limits, type UploadedFile } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import type { Client } from '../client.js';
import { fileSize } from '../format.js';
import { sayError, t } from '../texts.js';

/** A file that is to go with what is being written. */
export interface DraftFile {
  /** The same for every try. */
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** A picture that was pasted into the text. */
  readonly inline: boolean;
  readonly state: 'sending' | 'ready' | 'failed';
  readonly sent: number;
  /** Why it failed. */
  readonly problem: string;
  readonly canRetry: boolean;
}

interface Item extends DraftFile {
  state: DraftFile['state'];
  sent: number;
  problem: string;
  canRetry: boolean;
  file: File | null;
  uploaded: UploadedFile | null;
  stop: AbortController;
}

/** The files of one draft: each is sent ahead as soon as it is chosen. */
export class DraftFiles {
  readonly #client: Pick<Client, 'uploadFile'>;
  readonly #conversationId: string | undefined;
  readonly #listeners = new Set<() => void>();
  #items: Item[] = [];

  /** Without a conversation they are for a mail that begins one. */
  constructor(client: Pick<Client, 'uploadFile'>, conversationId?: string) {
    this.#client = client;
    this.#conversationId = conversationId;
  }

  get items(): readonly DraftFile[] {
    return this.#items;
  }

  /** Whether what was chosen is there. */
  get areReady(): boolean {
    return this.#items.every(({ state }) => state === 'ready');
  }

  /** What the answer names. */
  get attachments(): Attachment[] {
    return this.#items.flatMap(({ uploaded, inline }) => (uploaded ? [{ ...uploaded, inline }] : []));
  }

  /** Calls back after every change; gives what ends that. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(files: Iterable<File>, inline = false): void {
    for (const file of files) this.#add(file, inline && file.type.startsWith('image/'));
    this.#tell();
  }

  /** Takes up again what was written, with its files, before. */
  restore(attachments: readonly Attachment[]): void {
    for (const { inline, ...uploaded } of attachments) {
      const { fileId: key, filename: name, size } = uploaded;
      if (this.#items.some((item) => item.key === key)) continue;
      this.#items = [...this.#items, { ...blank(), key, name, size, inline, uploaded, state: 'ready' }];
    }
    this.#tell();
  }

  remove(key: string): void {
    this.#items.find((item) => item.key === key)?.stop.abort();
    this.#items = this.#items.filter((item) => item.key !== key);
    this.#tell();
  }

  retry(key: string): void {
    const item = this.#items.find((one) => one.key === key);
    if (item?.state === 'failed' && item.canRetry) void this.#send(item);
  }

  /** Forgets them all; what is on its way is stopped. */
  clear(): void {
    for (const { stop } of this.#items) stop.abort();
    this.#items = [];
    this.#tell();
  }

  #add(file: File, inline: boolean): void {
    const item: Item = { ...blank(), name: file.name, size: file.size, inline, file };
    const problem = this.#whyNot(file);
    this.#items = [...this.#items, problem ? { ...item, state: 'failed', problem } : item];
    if (!problem) void this.#send(item);
  }

  /** What the server would refuse as well. */
  #whyNot({ size }: File): string {
    if (size > limits.fileBytes) return t('console.files.too_large', { size: fileSize(limits.fileBytes) });
    return this.#items.length >= limits.filesPerMessage
      ? t('console.files.too_many', { n: limits.filesPerMessage })
      : '';
  }

  async #send(item: Item): Promise<void> {
    if (!item.file) return;
    Object.assign(item, { state: 'sending', sent: 0, problem: '', canRetry: false });
    this.#tell();
    try {
      item.uploaded = await this.#client.uploadFile(item.file, {
        conversationId: this.#conversationId,
        clientId: item.key,
        signal: item.stop.signal,
        onProgress: (sent) => {
          item.sent = sent;
          this.#tell();
        },
      });
      Object.assign(item, { state: 'ready', name: item.uploaded.filename });
    } catch (error) {
      if (item.stop.signal.aborted) return;
      if (!(error instanceof HelplineError)) throw error;
      Object.assign(item, { state: 'failed', problem: sayError(error), canRetry: true });
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const blank = (): Item => ({
  key: crypto.randomUUID(),
  name: '',
  size: 0,
  inline: false,
  state: 'sending',
  sent: 0,
  problem: '',
  canRetry: false,
  file: null,
  uploaded: null,
  stop: new AbortController(),
});
