/** The tags that mail programs put before a subject, in the languages they speak; `[3]` counts them in some. */
const tag =
  /^\s*(?:re|aw|antw|antwort|sv|vs|odp|ynt|rif|ref|res|回复|答复|fwd?|wg|tr|rv|enc|doorst|vb|i|pd|转发)\s*(?:\[\d{1,4}\]|\(\d{1,4}\))?\s*[:：]/iu;

/** What a subject is about, the same for a mail and every answer to it. */
export function bareSubject(subject: string): string {
  let bare = subject
    .slice(0, 1_000)
    .normalize('NFKC')
    .replace(/^\s*\[[^\]]{1,40}\]/, '');
  for (let found = tag.exec(bare); found; found = tag.exec(bare)) bare = bare.slice(found[0].length);
  return bare.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 200);
}
