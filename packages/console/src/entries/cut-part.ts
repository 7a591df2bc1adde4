/** What of a mail stands behind its "…": the rest, where the message is its beginning; else the whole mail once more. */
export function cutPart(text: string, fullText: string | undefined): string {
  if (!fullText || fullText === text) return '';
  return (fullText.startsWith(text) ? fullText.slice(text.length) : fullText).trim();
}
