import { defineConfig } from 'vitest/config';

const source = (path: string) => new URL(`./packages/${path}`, import.meta.url).pathname;

/** Tests read the packages' sources, so they need no build before them. */
const alias = {
  '@helpline/protocol/texts': source('protocol/src/texts'),
  '@helpline/protocol/schemas': source('protocol/src/schemas.ts'),
  '@helpline/protocol': source('protocol/src/index.ts'),
  '@helpline/sdk/agent': source('sdk/src/agent.ts'),
  '@helpline/sdk': source('sdk/src/index.ts'),
  '@helpline/server/dist': source('server/src'),
};

/** One real mongod for the whole run; test-mongo.ts says how a test gets its database. */
const globalSetup = './packages/server/src/platform/mongo/test-mongo-setup.ts';

export default defineConfig({
  test: {
    globalSetup,
    maxWorkers: 3, // most of a test is waiting for real parts
    isolate: false, // reading our modules anew for each file would cost a fifth of the time
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['packages/{protocol,sdk,server}/src/**/*.test.ts', 'tools/*.test.mjs', 'test/torture/**/*.test.ts'],
          testTimeout: 20_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
