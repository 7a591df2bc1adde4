import { isSigned, sign } from '../../../platform/signatures.js';

/**
 * What a link opens: a file of a mail, the mail as a page (with or without pictures from outside), or the raw mail; the
 * raw mail of a mailbox's ledger is in no conversation.
 */
export type Shown = 'file' | 'page' | 'pictures' | 'original' | 'ledger';

/** Leave to open one blob, because one entry names it. */
export interface Grant {
  shown: Shown;
  conversationId: string;
  seq: number;
  blobId: string;
  expires: number;
}

export function sealGrant(key: Buffer, { shown, conversationId, seq, blobId, expires }: Grant): string {
  const grant = `${shown}.${conversationId}.${seq}.${blobId}.${expires}`;
  return `${grant}.${sign(key, 'file', grant)}`;
}

/** Null for a token that is not ours, and for one that is too old. */
export function openGrant(key: Buffer, token: string): Grant | null {
  const {
    grant,
    shown,
    conversationId = '',
    seq,
    blobId = '',
    expires,
    signature = '',
  } = form.exec(token)?.groups ?? {};
  if (grant === undefined || !isSigned(key, 'file', grant, signature) || Number(expires) < Date.now()) return null;
  return { shown: shown as Shown, conversationId, seq: Number(seq), blobId, expires: Number(expires) }; // as the pattern says
}

const form =
  /^(?<grant>(?<shown>file|page|pictures|original|ledger)\.(?<conversationId>[\w-]{1,64})\.(?<seq>\d{1,15})\.(?<blobId>[\w-]{1,64})\.(?<expires>\d{1,15}))\.(?<signature>[\w-]{43})$/;
