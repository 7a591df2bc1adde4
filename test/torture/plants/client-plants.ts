import type { Plant } from './plant.js';

const log = 'sdk/dist/log.js';

/** Bugs of what reaches clients, and of what they make of it. */
export const clientPlants: Plant[] = [
  {
    name: 'lossy-live-link',
    bug: 'what a slow or cut-off client misses is dropped, and the client takes what comes next as if nothing were missing',
    provokedBy: ['F23', 'F25', 'F35'],
    caughtBy: ['C5', 'C6'],
    mutate: [
      {
        file: log,
        find: 'gap = true;',
        replace: 'next.push(entry);',
      },
    ],
  },
  {
    name: 'partial-recovery',
    bug: 'of what a client missed only the beginning and the end arrive, and it takes that for all',
    provokedBy: ['F13', 'F26', 'F34'],
    caughtBy: ['C5', 'C6'],
    mutate: [
      {
        file: log,
        find: 'this.take(page.entries);',
        replace: `const half = Math.ceil(page.entries.length / 2);
                this.take(page.entries.slice(0, half));
                if (half > 1) { this.#entries = [...this.#entries, ...page.entries.slice(-1)]; this.#changed(); }`,
      },
    ],
  },
  {
    name: 'internal-number',
    bug: "an entry's internal number reaches the visitor",
    provokedBy: [],
    caughtBy: ['C10'],
    mutate: [
      {
        file: 'server/dist/conversations/present.js',
        find: 'const head = { n: entry.pub,',
        replace: 'const head = { seq: entry.seq, n: entry.pub,',
      },
    ],
  },
  {
    name: 'no-wall',
    bug: 'lists of conversations are not filtered by what their reader may see',
    provokedBy: [],
    caughtBy: ['C10'],
    mutate: [
      {
        file: 'server/dist/platform/visibility.js',
        find: `        workspaceId,
        ...(brandIds === 'all' ? {} : { brandId: { $in: brandIds } }),`,
        replace: '',
      },
    ],
  },
  {
    name: 'start-opens-two',
    bug: 'a first message that is sent again begins a second conversation',
    provokedBy: [],
    caughtBy: ['C2'],
    mutate: [
      {
        file: 'server/dist/channels/chat/chat.js',
        find: "derivedId('chat', session.inboxId, session._id, session.externalId ?? '', clientId)",
        replace: 'newSecret()',
      },
      {
        file: 'server/dist/channels/chat/chat.js',
        find: '{ _id: session._id, conversationId: session.conversationId }, { $set: { conversationId } }',
        replace: '{ _id: session._id }, { $set: { conversationId } }',
      },
    ],
  },
];
