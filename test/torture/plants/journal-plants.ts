import type { Plant } from './plant.js';

const append = 'server/dist/journal/append.js';
const batcher = 'server/dist/journal/batcher.js';
const store = 'server/dist/journal/store.js';

/** Bugs of how entries are written, numbered and told. */
export const journalPlants: Plant[] = [
  {
    name: 'ack-before-write',
    bug: 'a message is acknowledged while it is still on its way to the database',
    provokedBy: ['F01', 'F13'],
    caughtBy: ['C1', 'C5', 'own'],
    mutate: [
      {
        file: append,
        find: 'const outcome = await this.#batcher.write(entry, bytes);',
        replace: "void this.#batcher.write(entry, bytes); const outcome = 'committed';",
      },
    ],
  },
  {
    name: 'one-member-only',
    bug: 'a message counts as written once the primary alone has it (w: 1)',
    provokedBy: ['F14'],
    caughtBy: ['C1'],
    mutate: [
      {
        file: store,
        find: 'writeConcern: durable',
        replace: 'writeConcern: { w: 1, j: false }',
      },
    ],
  },
  {
    name: 'no-unique-index',
    bug: 'nothing in the database keeps a number or a clientId from being used twice',
    provokedBy: [],
    caughtBy: ['C2'],
    mutate: [
      {
        file: store,
        find: 'await this.entries.createIndexes([',
        replace: 'await this.entries.dropIndexes().catch(() => {}); await this.entries.createIndexes([',
      },
      {
        file: store,
        find: '{ key: { conversationId: 1, seq: 1 }, unique: true }',
        replace: '{ key: { conversationId: 1, seq: 1 } }',
      },
      {
        file: store,
        find: '{ key: { conversationId: 1, clientId: 1 }, unique: true }',
        replace: '{ key: { conversationId: 1, clientId: 1 } }',
      },
    ],
  },
  {
    name: 'broadcast-before-commit',
    bug: 'an entry is announced before it is known to be written',
    provokedBy: ['F12'],
    caughtBy: ['C1', 'C6'],
    mutate: [
      {
        file: append,
        find: 'const holder = await this.#place(entry);',
        replace: 'this.#committed(entry, next, request.from); const holder = await this.#place(entry);',
      },
    ],
  },
  {
    name: 'clock-order',
    bug: "entries carry their node's time as it is, and are read in its order instead of by number",
    provokedBy: ['F48'],
    caughtBy: ['C5'],
    mutate: [
      { file: append, find: 'state && state.lastAt > now ? state.lastAt : now', replace: 'now' },
      { file: store, find: '.sort({ seq: 1 }).limit(limit)', replace: '.sort({ at: 1 }).limit(limit)' },
    ],
  },
  {
    name: 'partial-batch-acknowledged',
    bug: 'when a batch fails, whatever the error does not name counts as written',
    provokedBy: ['F15', 'F12'],
    caughtBy: ['C1'],
    mutate: [
      { file: batcher, find: "complete ? 'committed' : 'unknown'", replace: "'committed'" },
      { file: batcher, find: "? 'refused' : 'unknown'", replace: "? 'refused' : 'committed'" },
    ],
  },
  {
    name: 'resume-by-timestamp',
    bug: 'a client that comes back gets what is younger, in whole seconds, than the last entry it has',
    provokedBy: ['F30', 'F48'],
    caughtBy: ['C5', 'C6'],
    mutate: [
      {
        file: 'server/dist/journal/journal.js',
        find: 'const missing = found.filter((entry) => numberFor(audience, entry) > after);',
        replace: `const secondOf = ({ at }) => Math.floor(at.getTime() / 1000);
          const held = found.find((entry) => numberFor(audience, entry) === after);
          const missing = found.filter((entry) => held ? secondOf(entry) > secondOf(held) : numberFor(audience, entry) > after);`,
      },
    ],
  },
];
