const bytesAtMost = 64 * 1024 * 1024;

/** Raw mails that were stored a moment ago, so that taking them in need not load them again. The oldest go first. */
export class JustFetched {
  readonly #raws = new Map<string, Buffer>();
  #bytes = 0;

  add(fileId: string, raw: Buffer): void {
    if (raw.length > bytesAtMost || this.#raws.has(fileId)) return;
    this.#raws.set(fileId, raw);
    this.#bytes += raw.length;
    for (const [oldest] of this.#raws) {
      if (this.#bytes <= bytesAtMost) return;
      this.take(oldest);
    }
  }

  /** Each is given once. */
  take(fileId: string): Buffer | undefined {
    const raw = this.#raws.get(fileId);
    this.#raws.delete(fileId);
    this.#bytes -= raw?.length ?? 0;
    return raw;
  }
}
