import { registerHooks } from 'node:module';
import { plants } from './index.js';
import { mutated } from './plant.js';

/** Given to node as `--import`: plants the bug that HELPLINE_PLANT names into the packages as they are loaded. */
const name = process.env.HELPLINE_PLANT;
if (name) plantInto(name);

function plantInto(name: string): void {
  const plant = plants.find((one) => one.name === name);
  if (!plant) throw new Error(`There is no plant ${name}.`);
  const files = new Set(plant.mutate.map(({ file }) => file));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const [, file] = /\/packages\/([^?]+)/.exec(url) ?? [];
      if (!file || !files.has(file)) return loaded;
      return { ...loaded, source: mutated(plant, file, String(loaded.source)) };
    },
  });
}
