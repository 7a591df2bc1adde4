import { expect, test } from 'vitest';
import { importsOf, judgeImport } from './check-imports.mjs';

const server = (file) => `server/src/${file}`;

test('a room opens the doors of the rooms before it, and nothing behind those doors', () => {
  expect(judgeImport(server('routing/drain.ts'), '../conversations/index.js')).toBeUndefined();
  expect(judgeImport(server('routing/drain.ts'), '../conversations/store.js')).toContain('by its door');
  expect(judgeImport(server('journal/append.ts'), '../platform/clock.js')).toBeUndefined();
});

test('a room does not open the doors of rooms after it', () => {
  expect(judgeImport(server('journal/append.ts'), '../conversations/index.js')).toContain('may not open');
  expect(judgeImport(server('routing/drain.ts'), '../gateway/index.js')).toContain('may not open');
  expect(judgeImport(server('staff/sign-in.ts'), '../config.js')).toContain('may not open');
});

test('channels and the rooms of a wing do not know each other', () => {
  expect(judgeImport(server('channels/chat/send.ts'), '../channel.js')).toBeUndefined();
  expect(judgeImport(server('channels/chat/send.ts'), '../email/index.js')).toContain('may not open');
  expect(judgeImport(server('desk/views/list.ts'), '../canned/index.js')).toContain('may not open');
  expect(judgeImport(server('desk/views/list.ts'), '../../conversations/index.js')).toBeUndefined();
  expect(judgeImport(server('notify/invite.ts'), '../routing/index.js')).toContain('may not open');
});

test('the gateway opens every door, the app and the commands know everything', () => {
  expect(judgeImport(server('gateway/mount.ts'), '../channels/chat/index.js')).toBeUndefined();
  expect(judgeImport(server('gateway/mount.ts'), '../channels/chat/send.js')).toContain('by its door');
  expect(judgeImport(server('app.ts'), './gateway/index.js')).toBeUndefined();
  expect(judgeImport(server('cli/mail-read.ts'), '../channels/email/read/read-in-worker.js')).toBeUndefined();
});

test('libraries stay in their homes, except in tests', () => {
  expect(judgeImport(server('staff/store.ts'), 'mongoose')).toBeUndefined();
  expect(judgeImport(server('staff/sign-in.ts'), 'mongoose')).toContain('lives elsewhere');
  expect(judgeImport(server('staff/sign-in.test.ts'), 'mongoose')).toBeUndefined();
  expect(judgeImport(server('channels/chat/send.ts'), 'socket.io')).toContain('lives elsewhere');
  expect(judgeImport(server('gateway/mount.ts'), '@helpline/sdk')).toContain('lives elsewhere');
});

test('the browser packages import the SDK, the contract and Lit', () => {
  expect(judgeImport('widget/src/element.ts', 'lit/directives/repeat.js')).toBeUndefined();
  expect(judgeImport('console/src/main.ts', '@helpline/sdk/agent')).toBeUndefined();
  expect(judgeImport('console/src/main.ts', '@helpline/protocol/schemas')).toContain('schemas');
  expect(judgeImport('widget/src/element.ts', 'socket.io-client')).toContain('not for widget');
});

test('every form of import is seen', () => {
  const source = `import a from 'a';
import type { B } from 'b';
export {
  c,
} from 'c';
import 'd';
const e = await import('e');`;
  expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
