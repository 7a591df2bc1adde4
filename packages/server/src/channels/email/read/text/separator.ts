import { unmarked } from './header-block.js';
import { forwardedWords, originalWords } from './wording.js';

/** What a line says about the text below it: a mail that was answered, one that is passed on, or nothing. */
export function readSeparator(line: string): 'original' | 'forwarded' | null {
  const text = unmarked(line).replace(/^\*{1,2}|\*{1,2}$/g, '');
  if (text.length > 120) return null;
  const dashed = /^[-–—_=]{2,40}\s?(\S.{2,60}?)\s?[-–—_=]{2,40}:?$/u.exec(text)?.[1];
  const words = dashed ?? (/[:：]$/.test(text) && text.length < 70 ? text : null);
  if (words === null) return null;
  if (forwardedWords.test(words)) return 'forwarded';
  return dashed !== undefined && originalWords.test(words) ? 'original' : null;
}

/** The ruler Outlook draws above a copied header. */
export function isRuler(line: string): boolean {
  return /^[-_]{5,200}$/.test(unmarked(line));
}
