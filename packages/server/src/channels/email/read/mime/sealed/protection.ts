import type { Protection } from '../../types.js';
import { type MimePart, walkParts } from '../parse-mime.js';
import { contentTypeOf } from './cms.js';

/** How a mail is sealed, by the outermost seal that is found of each kind. Signatures are told, not checked. */
export function readProtection(root: MimePart): Protection | null {
  const seals = [...walkParts(root)].flatMap((part) => sealOf(part, part === root) ?? []);
  const [outer] = seals;
  if (!outer) return null;
  return {
    standard: outer.standard,
    signed: seals.some(({ does }) => does === 'sign'),
    encrypted: seals.some(({ does }) => does === 'encrypt'),
  };
}

interface Seal {
  standard: Protection['standard'];
  does: 'sign' | 'encrypt';
}

function sealOf(part: MimePart, isRoot: boolean): Seal | null {
  const protocol = part.parameters.get('protocol')?.toLowerCase() ?? '';
  if (part.type === 'multipart/signed') return { standard: /pgp/.test(protocol) ? 'pgp' : 'smime', does: 'sign' };
  if (part.type === 'multipart/encrypted') return { standard: 'pgp', does: 'encrypt' };
  if (isPkcs7(part)) return sealOfPkcs7(part);
  const isText = part.type === 'text/plain' && part.disposition !== 'attachment';
  return (isText || isRoot) && part.children.length === 0 ? sealInText(part.body) : null;
}

export function isPkcs7({ type, filename }: MimePart): boolean {
  return /^application\/(x-)?pkcs7-mime$/.test(type) || /\.p7m$/i.test(filename ?? '');
}

function sealOfPkcs7({ parameters, body }: MimePart): Seal | null {
  const kind = parameters.get('smime-type')?.toLowerCase() ?? contentTypeOf(body);
  if (kind === 'signed-data') return { standard: 'smime', does: 'sign' };
  return kind === 'compressed-data' || kind === 'certs-only' ? null : { standard: 'smime', does: 'encrypt' };
}

const armourWithin = 4096;

/** PGP without MIME: the armour stands in the text. */
function sealInText(body: Buffer): Seal | null {
  const kind = /^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m.exec(body.toString('latin1', 0, armourWithin));
  return kind && { standard: 'pgp', does: kind[1] ? 'sign' : 'encrypt' };
}
