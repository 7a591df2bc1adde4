/** The tags that mail programs put before a subject, in the languages they speak; `[3]` counts them in some. */
const tag =
  /^\s*(?:re|aw|antw|antwort|sv|vs|odp|ynt|rif|ref|res|回复|答复|fwd?|wg|tr|rv|enc|doorst|vb|i|pd|转发)\s*(?:\[\d{1,4}\]|\(\d{1,4}\))?\s*[:：]/iu;

/** What servers put there: `[EXTERNAL]`, the name of a list. */
const label = /^\s*\[[^\]]{1,40}\]/;

/** What a subject is about, the same for a mail and every answer to it. */
export function bareSubject(subject: string): string {
  let bare = subject.slice(0, 1_000).normalize('NFKC');
  for (let found = tagOrLabel(bare); found; found = tagOrLabel(bare)) bare = bare.slice(found.length);
  return bare.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 200);
}

const tagOrLabel = (text: string): string | undefined => (tag.exec(text) ?? label.exec(text))?.[0];
