/** Something that can happen in a state. */
export interface Step<S> {
  /** What happens, for the trace. */
  what: string;
  to: S;
  /** Only perhaps: a customer writes, a node crashes. Without it the system does this sooner or later. */
  maybe?: true;
}

/** A small world, all of which is explored. States are plain data and are never changed, only followed by others. */
export interface Model<S> {
  start: S;
  steps: (state: S) => Step<S>[] | Promise<Step<S>[]>;
  /** What no state may be, in words. */
  wrong: (state: S) => string | null;
  /** Where the system must be able to come from anywhere, if the world then leaves it alone. */
  settled: (state: S) => boolean;
  /** States with the same key are the same. */
  key?: (state: S) => string;
}

export interface Explored {
  states: number;
  steps: number;
  /** The shortest way to something wrong, step by step. */
  counterexample: string | null;
}

/** Every state there is, breadth first, so that the first way found to something wrong is a shortest one. */
export async function explore<S>(model: Model<S>): Promise<Explored> {
  const seen = new Seen<S>(model.key ?? ((state) => JSON.stringify(state)));
  const settled: number[] = [];
  const inevitable: [from: number[], to: number[]] = [[], []];
  let steps = 0;
  const told = (state: S, index: number, what: string): Explored => ({
    states: seen.count,
    steps,
    counterexample: [`${what}:`, ...seen.wayTo(index), JSON.stringify(state)].join('\n  '),
  });
  let edge = [{ state: model.start, index: seen.add(model.start, 0, 'the start') }];
  while (edge.length > 0) {
    const next: typeof edge = [];
    for (const { state, index } of edge) {
      const wrong = model.wrong(state);
      if (wrong) return told(state, index, wrong);
      if (model.settled(state)) settled.push(index);
      for (const { what, to, maybe } of await model.steps(state)) {
        steps++;
        const before = seen.count;
        const reached = seen.add(to, index, what);
        if (reached === before) next.push({ state: to, index: reached });
        if (!maybe) for (const [end, list] of inevitable.entries()) list.push(end === 0 ? index : reached);
      }
    }
    edge = next;
  }
  const stuck = firstOutside(seen.count, reaching(settled, inevitable, seen.count));
  if (stuck === null) return { states: seen.count, steps, counterexample: null };
  return { states: seen.count, steps, counterexample: ['it never settles:', ...seen.wayTo(stuck)].join('\n  ') };
}

/** The states met so far, each with the step it was first met by. */
class Seen<S> {
  readonly #key: (state: S) => string;
  readonly #index = new Map<string, number>();
  readonly #from: number[] = [];
  readonly #what: string[] = [];

  constructor(key: (state: S) => string) {
    this.#key = key;
  }

  get count(): number {
    return this.#index.size;
  }

  /** Its index; the next free one if it is new. */
  add(state: S, from: number, what: string): number {
    const key = this.#key(state);
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    const index = this.count;
    this.#index.set(key, index);
    this.#from.push(from);
    this.#what.push(what);
    return index;
  }

  wayTo(index: number): string[] {
    const way: string[] = [];
    for (let at = index; at > 0; at = this.#from[at] ?? 0) way.unshift(this.#what[at] ?? '');
    return way;
  }
}

/** The states from which inevitable steps lead to a settled one. */
function reaching(settled: number[], [from, to]: [number[], number[]], count: number): Uint8Array {
  const before = stepsBackwards(from, to, count);
  const reaches = new Uint8Array(count);
  const open = [...settled];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reaches[at]) continue;
    reaches[at] = 1;
    for (let i = before.first[at] ?? 0; i < (before.first[at + 1] ?? 0); i++) open.push(before.states[i] ?? 0);
  }
  return reaches;
}

/** For each state those that lead to it, one after the other in one array. */
function stepsBackwards(from: number[], to: number[], count: number) {
  const first = new Uint32Array(count + 1);
  for (const state of to) first[state + 1] = (first[state + 1] ?? 0) + 1;
  for (let i = 1; i <= count; i++) first[i] = (first[i] ?? 0) + (first[i - 1] ?? 0);
  const free = first.slice();
  const states = new Uint32Array(from.length);
  for (const [i, state] of to.entries()) {
    const place = free[state] ?? 0;
    states[place] = from[i] ?? 0;
    free[state] = place + 1;
  }
  return { first, states };
}

function firstOutside(count: number, inside: Uint8Array): number | null {
  for (let i = 0; i < count; i++) if (!inside[i]) return i;
  return null;
}

/** HELPLINE_EXPLORE=long explores larger worlds, for minutes. */
export const isLong = process.env.HELPLINE_EXPLORE === 'long';

/** Explores a world in which nothing may be wrong, and says how large it was. */
export async function findsNothing<S>(name: string, model: Model<S>): Promise<string | null> {
  const began = performance.now();
  const { states, steps, counterexample } = await explore(model);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name}: ${states} states, ${steps} steps, ${seconds} s`);
  return counterexample;
}
