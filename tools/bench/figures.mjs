/** How a figure is made: ours beside a baseline of the same run, and the bar it must meet, if it has one. */

/** A ratio to a baseline. `bar` is `{ atLeast }` or `{ atMost }`, of the ratio. */
export function compared(name, unit, ours, baseline, bar) {
  const ratio = ours / baseline;
  return { name, unit, ours, baseline, ratio, ...judged(ratio, bar) };
}

/** A figure by itself; its bar is of the figure. */
export const measured = (name, unit, ours, bar) => ({
  name,
  unit,
  ours,
  baseline: null,
  ratio: null,
  ...judged(ours, bar),
});

/** An even number of values has its lower one, so that a median was really seen. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

export const medianOf = (results, key) => median(results.map((result) => result[key]));

function judged(value, bar) {
  if (!bar) return {};
  return { bar, ok: value <= (bar.atMost ?? Number.POSITIVE_INFINITY) && value >= (bar.atLeast ?? 0) };
}
