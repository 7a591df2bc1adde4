import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type DecipherGCM,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Something encrypted at rest, bound to the place it is kept in. */
export interface Sealed {
  nonce: Buffer;
  tag: Buffer;
  data: Buffer;
}

/** Encrypts what must not be readable in the database: AES-256-GCM under one key of 32 bytes. */
export class Secrets {
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('The secret key must have 32 bytes (64 hexadecimal digits).');
    this.#key = createSecretKey(key); // made ready once
  }

  /** `place` says where the secret belongs, so that it can't be moved to another document. */
  seal(plain: Uint8Array | string, place: string): Sealed {
    const { nonce, cipher } = this.sealing(place);
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { nonce, tag: cipher.getAuthTag(), data };
  }

  /** Throws if the data were changed, moved, or sealed under another key. */
  open(sealed: { nonce: Bytes; tag: Bytes; data: Bytes }, place: string): Buffer {
    const decipher = this.opening(sealed, place);
    return Buffer.concat([decipher.update(bytesOf(sealed.data)), decipher.final()]);
  }

  /** As `seal`, for what is too large to be held: the cipher has the tag once it has ended. */
  sealing(place: string): { nonce: Buffer; cipher: CipherGCM } {
    const nonce = randomBytes(12);
    return {
      nonce,
      cipher: createCipheriv('aes-256-gcm', this.#key, nonce, wholeTag).setAAD(Buffer.from(place)),
    };
  }

  /** As `open`, piece by piece: only its end says whether the pieces were right. */
  opening({ nonce, tag }: { nonce: Bytes; tag: Bytes }, place: string): DecipherGCM {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytesOf(nonce), wholeTag);
    return decipher.setAAD(Buffer.from(place)).setAuthTag(bytesOf(tag));
  }
}

/** Else a tag cut to four bytes would be taken, and those can be guessed. */
const wholeTag = { authTagLength: 16 };

/** MongoDB gives binary fields back as its own class. */
type Bytes = Buffer | { buffer: Uint8Array };

const bytesOf = (value: Bytes): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(value.buffer));
