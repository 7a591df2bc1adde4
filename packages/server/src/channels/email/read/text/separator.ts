import { unmarked } from './header-block.js';
import { forwardedWords, headerLabels, originalWords, wroteWords } from './wording.js';

/** What a line says about the text below it: a mail that was answered, one that is passed on, or nothing. */
export function readSeparator(line: string): 'original' | 'forwarded' | null {
  if (!mayBeSeparator.test(line.slice(0, 300))) return null;
  const text = unmarked(line).replace(/^\*{1,2}|\*{1,2}$/g, '');
  if (text.length > 120) return null;
  const dashed = betweenDashes.exec(text)?.[1];
  const words = dashed ?? (/[:：]$/.test(text) && text.length < 70 ? text : null);
  if (words === null) return null;
  if (forwardedWords.test(words)) return 'forwarded';
  return dashed !== undefined && (originalWords.test(words) || wroteWords.test(words)) ? 'original' : null;
}

/** Lines of help desks, GroupWise, Notes and Orange: what follows them is never new. */
export function isCutLine(line: string): boolean {
  const text = line.slice(0, 300).trim();
  return groupWise.test(text) || notes.test(text) || orange.test(text) || (text.length < 160 && replyAbove.test(text));
}

const groupWise = /^>>> ?[^>].{4,250}( >>>|, in message\b.{0,200})$/;
const notes = /^\p{L}.{1,60} ---\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d{2}.{0,12}---/u;
const orange = /^message du \d{1,2}\/\d{1,2}\/\d{2,4} \d{1,2}:\d{2}$/i;
const replyAbove =
  /^[^\p{L}]{2,40}.{0,60}(reply above|type your reply|write above|antwort.{0,20}(oberhalb|über)|répon.{0,20}au-dessus|respond.{0,20}(encima|arriba)|respon.{0,20}acima|rispond.{0,20}sopra|antwoord.{0,20}boven|svar.{0,20}(ovanför|over|ovenfor)|odpowied.{0,20}powyżej)/iu;

const mayBeSeparator = /[-–—_=~]{2}|[:：]\W{0,5}$/u;

const betweenDashes = /^[-–—_=~]{2,40}\s?(\S.{2,60}?)\s?[-–—_=~]{2,40}:?$/u;

/** The ruler programs draw above a copied header, some with words of whatever language in it. */
export function isRuler(line: string): boolean {
  if (!/[-–—_=~]{2}/.test(line.slice(0, 100))) return false;
  const text = unmarked(line);
  return /^[-_=]{4,200}$/.test(text) || (text.length < 120 && betweenDashes.test(text));
}

const labels = [...headerLabels.date, ...headerLabels.to, ...headerLabels.cc, ...headerLabels.subject]
  .filter((label) => /^[\p{L} ]+$/u.test(label))
  .sort((a, b) => b.length - a.length)
  .map((label) => `${label.charAt(0).toLocaleUpperCase()}${label.slice(1)}`);
const gluedLabel = new RegExp(`(?<=[>\\p{L}\\d)])(?=(${labels.join('|')}|CC)\\s?:\\s)`, 'gu');
const gluedBlock = /^\s{0,20}(-{3,20}\s?[^-\s].{2,60}?\s?-{3,20})\s{1,5}([^-\s].{1,10000})$/u;

/** Yahoo writes separator and header in one line, without anything between the fields. */
export function splitGlued(line: string): string[] {
  const match = gluedBlock.exec(line);
  if (!match) return [line];
  return [match[1] ?? '', ...(match[2] ?? '').split(gluedLabel).filter((_, index) => index % 2 === 0)];
}
