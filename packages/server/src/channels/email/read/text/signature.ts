import { isClosing, isThanks } from './closing.js';
import { isDeviceLine } from './device-line.js';
import { isName } from './name.js';

/**
 * Where the signature begins in lines that hold new text only; the number of lines if there is none.
 * In plain text thanks above a name are taken for one. In HTML programs mark what they add, so thanks were typed.
 */
export function signatureStart(lines: string[], isPlain: boolean): number {
  const start = lines.findIndex((line, at) => {
    return beginsSignature(line.trimEnd(), at, lines) || (isPlain && isThanks(line) && onlyNamed(lines, at + 1));
  });
  return start < 0 ? lines.length : start;
}

function beginsSignature(line: string, at: number, lines: string[]): boolean {
  if (line.length > 250 || line.trim() === '') return false;
  if (/^\s{0,3}--\s?$/.test(line)) return true;
  if (isDeviceLine(line)) return afterBlank(lines, at) || writtenFrom(lines, at + 1).length === 0;
  if (dashedName.test(line)) return isOwnParagraph(lines, at) && isShort(lines, at + 1);
  if (isClosing(line)) return isShort(lines, at + 1) && !isSentence(nextWritten(lines, at + 1));
  if (ruler.test(line))
    return afterBlank(lines, at) && isShort(lines, at + 1) && !isSentence(nextWritten(lines, at + 1));
  return isContactBlock(lines, at);
}

const ruler = /^\s{0,3}[-_]{2,80}\s{0,3}$/;

/** `-Ana`, `- Ana Fox`: a dash and a name. In a list stand several, or it is announced. */
const dashedName = /^[-–]{1,2}\s?\p{Lu}\p{L}{1,20}(\s\p{Lu}\p{L}{0,20}\.?){0,2}$/u;

function isOwnParagraph(lines: string[], at: number): boolean {
  const isItem = (line: string) => /^\s{0,3}[-–*•]/.test(line);
  return (
    afterBlank(lines, at) &&
    !announced(lines, at) &&
    !isItem(previousWritten(lines, at)) &&
    !isItem(nextWritten(lines, at + 1))
  );
}

/** The last paragraph is one when it names somebody and ways to reach him, or the device he wrote on. */
function isContactBlock(lines: string[], at: number): boolean {
  if (!afterBlank(lines, at) || !/^\p{Lu}/u.test(lines[at] ?? '') || announced(lines, at)) return false;
  const block = writtenFrom(lines, at);
  if (block.length < 2 || block.length > 8 || !isShort(lines, at) || saysLittle(lines.slice(0, at))) return false;
  if (block.some((line) => goesOn.test(line))) return false;
  const named = isName(block[0] ?? '');
  if (named && block.slice(1).every((line) => isDeviceLine(line))) return true;
  const contacts = block.filter((line) => contact.test(line.trim())).length;
  if (named) return contacts >= 2 && (contacts * 2 >= block.length || !block.some(isSentence));
  return contacts >= 2 && contacts * 2 >= block.length && (lines[at + 1] ?? '').trim() !== '';
}

/** "My number:", "or at work": sentences around ways to reach somebody. */
const goesOn = /[:：]\s*$|^\s*\p{Ll}\S*(\s+[^\s\d@/]+){2,}\s*$/u;

/** Below "Hello," the ways to reach somebody are what he has to say. */
function saysLittle(lines: string[]): boolean {
  return lines.slice(0, 50).join(' ').trim().split(/\s+/).length < 5;
}

const contact =
  /^(\p{L}{1,12}[.:]\s{0,3})?(\+?[\d(][\d\s()./-]{6,25}|[^\s@]{1,60}@[^\s@]{1,60}|(https?:\/\/|www\.)\S{3,100}|<?mailto:\S{3,80})$/iu;

/** "My address is:" makes what follows part of the text. */
function announced(lines: string[], at: number): boolean {
  return /[:：]\s*$/.test(previousWritten(lines, at));
}

function previousWritten(lines: string[], at: number): string {
  return lines.slice(Math.max(0, at - 5), at).findLast((line) => line.trim() !== '') ?? '';
}

function nextWritten(lines: string[], at: number): string {
  return lines.slice(at, at + 5).find((line) => line.trim() !== '') ?? '';
}

function isSentence(line: string): boolean {
  return /[.!?]\s*$/.test(line) && line.trim().split(/\s+/).length > 4;
}

function afterBlank(lines: string[], at: number): boolean {
  return at === 0 || (lines[at - 1] ?? '').trim() === '';
}

function onlyNamed(lines: string[], at: number): boolean {
  return isName(lines[at] ?? '') && writtenFrom(lines, at + 1).length === 0;
}

/** Few and short lines: names, titles, addresses; no further text. */
function isShort(lines: string[], from: number): boolean {
  const rest = writtenFrom(lines, from).filter((line) => !smallPrint.test(line));
  return rest.length <= 12 && rest.every((line) => line.length <= 80);
}

/** What lawyers want below a signature is long, and nobody's answer. */
const smallPrint =
  /confidential|privileged|intended (only|solely|recipient)|unauthori[sz]ed|disclaimer|vertraulich|irrtümlich erhalten|unbefugt|confidentiel|destinataires?|confidencial|destinatario|riservat|vertrouwelijk|geadresseerde|konfidentiell|fortrolig|luottamuksell|poufn|důvěrn|dôvern|bizalmas|конфиденциальн|gizli|before printing|originated (from )?outside|imprimer ce|registered (office|in)|company (number|registration)|geschäftsführ|registergericht|handelsregister|sitz der gesellschaft|amtsgericht|ust-?id|capital social|siret|partita iva|\bkvk\b|org\.? ?(nr|number)/iu;

const mostLines = 40;

/** The lines with something in them; of a long rest only so many that it is seen to be long. */
function writtenFrom(lines: string[], from: number): string[] {
  const rest = lines.length - from > mostLines ? lines.slice(from, from + mostLines * 2) : lines.slice(from);
  return rest.filter((line) => line.trim() !== '');
}
