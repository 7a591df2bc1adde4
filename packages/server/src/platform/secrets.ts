import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Something encrypted at rest, bound to the place it is kept in. */
export interface Sealed {
  nonce: Buffer;
  tag: Buffer;
  data: Buffer;
}

/** Encrypts what must not be readable in the database: AES-256-GCM under one key of 32 bytes. */
export class Secrets {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('The secret key must have 32 bytes (64 hexadecimal digits).');
    this.#key = key;
  }

  /** `place` says where the secret belongs, so that it can't be moved to another document. */
  seal(plain: Uint8Array | string, place: string): Sealed {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, wholeTag).setAAD(Buffer.from(place));
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { nonce, tag: cipher.getAuthTag(), data };
  }

  /** Throws if the data were changed, moved, or sealed under another key. */
  open(sealed: { nonce: Bytes; tag: Bytes; data: Bytes }, place: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytesOf(sealed.nonce), wholeTag).setAAD(
      Buffer.from(place),
    );
    decipher.setAuthTag(bytesOf(sealed.tag));
    return Buffer.concat([decipher.update(bytesOf(sealed.data)), decipher.final()]);
  }
}

/** Else a tag cut to four bytes would be taken, and those can be guessed. */
const wholeTag = { authTagLength: 16 };

/** MongoDB gives binary fields back as its own class. */
type Bytes = Buffer | { buffer: Uint8Array };

const bytesOf = (value: Bytes): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(value.buffer));
