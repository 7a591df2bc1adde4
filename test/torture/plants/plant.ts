/** A bug planted to prove that the harness would notice it: a change of the built code, made while it is loaded. */
export interface Plant {
  name: string;
  /** What somebody would have done wrong. */
  bug: string;
  /** The faults under which it shows; with none it shows in every run. */
  provokedBy: readonly string[];
  /** The checks of which one must notice; `own` is a fault's or a participant's own look. */
  caughtBy: readonly string[];
  mutate: readonly Mutation[];
}

export interface Mutation {
  /** Below packages/, as built: `server/dist/journal/batcher.js`. */
  file: string;
  /** In the file exactly once. */
  find: string;
  replace: string;
}

/** The file's source with the bug in it. Throws if the place is not there, or not the only one. */
export function mutated(plant: Plant, file: string, source: string): string {
  return plant.mutate
    .filter((mutation) => mutation.file === file)
    .reduce((text, { find, replace }) => {
      const places = text.split(find).length - 1;
      if (places !== 1) throw new Error(`Plant ${plant.name}: its place is ${places} times in ${file}.`);
      return text.replace(find, () => replace);
    }, source);
}
