import { createHmac, timingSafeEqual } from 'node:crypto';

/** Shows that we wrote the text, for this purpose and no other. */
export const sign = (key: Buffer, purpose: string, text: string): string =>
  createHmac('sha256', key).update(`${purpose}\0${text}`).digest('base64url');

export const isSigned = (key: Buffer, purpose: string, text: string, signature: string): boolean =>
  signature.length === 43 && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(key, purpose, text)));
