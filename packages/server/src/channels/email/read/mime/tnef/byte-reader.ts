/** Reads numbers (low byte first) and pieces one after the other. Past the end it throws a RangeError. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(size: 1 | 2 | 4): number {
    const value = this.#bytes.readUIntLE(this.#at, size);
    this.#at += size;
    return value;
  }

  /** A view, not a copy. */
  bytes(length: number): Buffer {
    if (length > this.left) throw new RangeError('the piece is longer than what is left');
    const piece = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return piece;
  }
}
