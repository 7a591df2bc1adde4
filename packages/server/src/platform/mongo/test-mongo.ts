/**
 * The real MongoDB of a test run. `vitest.config.ts` starts one replica set (fail points enabled, data in a temporary
 * folder) before the first test file and stops it after the last. To keep one running over many short runs, set
 * HELPLINE_TEST_MONGODB_URI yourself. Each test file takes a database of its own:
 *
 *     await mongoose.createConnection(testDatabaseUri('routing')).asPromise();
 *
 * The name is made unique per call, so files may run side by side and a file starts empty.
 */
export function testDatabaseUri(name: string): string {
  const server = process.env.HELPLINE_TEST_MONGODB_URI;
  if (!server) throw new Error('HELPLINE_TEST_MONGODB_URI is not set: run the tests by vitest from the root folder.');
  const uri = new URL(server);
  uri.pathname = `/${name}-${crypto.randomUUID().slice(0, 8)}`;
  return uri.href;
}
