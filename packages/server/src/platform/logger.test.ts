import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from './database.js';
import { createLogger } from './logger.js';
import { testDatabaseUri } from './mongo/test-mongo.js';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('logger'));
});
afterAll(() => database.close());

function logged(error: unknown): string {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'it failed');
  return lines.join();
}

test('a failure is logged with its kind and place, not with what somebody wrote', async () => {
  const people = database.db.collection<{ _id: string; text: string }>('people');
  await people.createIndex({ text: 1 }, { unique: true });
  const texts = ['SECRET', 'SECRET'].map((text, i) => ({ _id: `${i}`, text }));
  const failure = await people.insertMany(texts).catch((error: unknown) => error);
  expect(JSON.stringify(failure)).toContain('SECRET');
  const line = logged(failure);
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    msg: 'it failed',
    err: { type: 'MongoBulkWriteError', code: '11000' },
  });
  expect(line).toContain('logger.test.ts');
  expect(line).not.toContain('SECRET');
  const unparsable = logged(Object.assign(new SyntaxError('Unexpected token in "SECRET"'), { body: 'SECRET' }));
  expect(unparsable).not.toContain('SECRET');
  expect(logged('SECRET')).not.toContain('SECRET');
});
