/** So many mails within so long. */
export interface Cap {
  withinMs: number;
  most: number;
}

const minute = 60_000;

/** The caps for one sender, and for one conversation: from how many mails an hour on nobody believes in a person any more. */
export const capsFor = (anHour: number): Cap[] => [
  { withinMs: 10 * minute, most: Math.ceil(anHour * 0.4) },
  { withinMs: 60 * minute, most: anHour },
  { withinMs: 24 * 60 * minute, most: anHour * 4 },
];

/** The cap that a mail of `at` would pass, when mails like it came at these `times`. */
export const passedCap = (caps: readonly Cap[], times: readonly Date[], at: Date): Cap | null =>
  caps.find(({ withinMs, most }) => {
    const since = at.getTime() - withinMs;
    return times.filter((time) => time.getTime() > since && time <= at).length >= most;
  }) ?? null;

/** How far back, and how many mails, have to be looked at. */
export const horizonOf = (caps: readonly Cap[]): Cap => ({
  withinMs: Math.max(...caps.map(({ withinMs }) => withinMs)),
  most: Math.max(...caps.map(({ most }) => most)),
});
