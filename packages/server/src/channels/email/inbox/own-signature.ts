import { Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { normalAddress } from '../../../contacts/index.js';
import { domainOf } from './authenticity.js';
import type { FindKey } from './signing-keys.js';

/** Bigger ones would take too long to look through beside everything else. */
const largest = { mail: 1024 * 1024, head: 32 * 1024 };
const pieceBytes = 16 * 1024;
const signaturesAtMost = 5;

/**
 * Whether the mail bears a valid DKIM signature of the organisation its From belongs to, over all of its text. Looked at
 * where no server that we trust has done so. False also where nobody can tell.
 */
export async function hasOwnSignature(raw: Buffer, from: string, findKey: FindKey): Promise<boolean> {
  if (raw.length > largest.mail || !(await isSignedBy(domainOf(from), headOf(raw), findKey))) return false;
  try {
    const found = await dkimVerify(Readable.from(piecesOf(raw), { objectMode: false }), {
      resolver: findKey,
      rejectRsaSha1: true,
    });
    const namesHimAlone = found.fromFields === 1 && found.headerFrom.length === 1;
    if (!namesHimAlone || normalAddress(found.headerFrom[0] ?? '') !== normalAddress(from)) return false;
    return found.results.some(
      ({ status, canonBodyLengthLimited }) => status.result === 'pass' && !!status.aligned && !canonBodyLengthLimited,
    );
  } catch {
    return false;
  }
}

/** Empty where it is too long. */
function headOf(raw: Buffer): string {
  const start = raw.subarray(0, largest.head).toString('latin1');
  const end = /\r?\n\r?\n/.exec(start)?.index;
  return end === undefined && raw.length > largest.head ? '' : start.slice(0, end);
}

/** Most mails are told apart before their text is looked through: is there a signature, of whom, and is its key known? */
async function isSignedBy(domain: string, head: string, findKey: FindKey): Promise<boolean> {
  const signatures = head.replace(/\r?\n[ \t]+/g, ' ').match(/^dkim-signature[ \t]*:.*$/gim) ?? [];
  for (const signature of signatures.slice(0, signaturesAtMost)) {
    const signer = /[;:\s]d\s*=\s*([^;\s]{1,253})/i.exec(signature)?.[1]?.toLowerCase() ?? '';
    const selector = /[;:\s]s\s*=\s*([^;\s]{1,253})/i.exec(signature)?.[1] ?? '';
    if (selector === '' || !isRelated(signer, domain)) continue;
    const key = await findKey(`${selector}._domainkey.${signer}`, 'TXT').catch(() => null);
    if (key) return true;
  }
  return false;
}

const isRelated = (one: string, other: string): boolean =>
  one === other || (one !== '' && other !== '' && (one.endsWith(`.${other}`) || other.endsWith(`.${one}`)));

/** Others have their turn between the pieces. */
async function* piecesOf(raw: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += pieceBytes) {
    yield raw.subarray(at, at + pieceBytes);
    await others();
  }
}
