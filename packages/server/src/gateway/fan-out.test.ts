import { expect, test, vi } from 'vitest';
import { Contacts } from '../contacts/index.js';
import { ConversationStore, Lists, receive } from '../conversations/index.js';
import { Journal } from '../journal/index.js';
import { openDatabase } from '../platform/database.js';
import { Leases } from '../platform/leases.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { announcerOn, ListAnnouncer } from './fan-out.js';

test('a list that can’t be read is no end of the house: it is logged, and told with the next change', async () => {
  const { db, close } = await openDatabase(testDatabaseUri('fan-out'));
  const logged: string[] = [];
  const log = createLogger('warn', { write: (line) => void logged.push(line) });
  const journal = new Journal(db, log);
  const lists = new Lists(new ConversationStore(db), journal, new Contacts(db));
  const told: string[] = [];
  const announcer = announcerOn(() => {
    throw new Error('nobody listens');
  }, null);
  const tellAgents = (_rooms: string | string[], event: string) => void told.push(event);
  new ListAnnouncer({ journal, lists, log }, { ...announcer, tellAgents });
  const broken = vi.spyOn(lists, 'present').mockRejectedValueOnce(new Error('no database'));
  const ending = new AbortController();
  const leading = journal.lead(new Leases(db, log), ending.signal);

  const say = (n: number) =>
    receive(journal, {
      conversationId: `conversation-${n}`,
      clientId: 'visitor:mia:1',
      author: { kind: 'visitor', id: 'mia' },
      message: { channel: 'chat', text: 'Hello' },
      opening: { workspaceId: 'w', brandId: 'b', inboxId: 'i', teamId: null, contactId: 'mia', channel: 'chat' },
    });
  await journal.prepare();
  await say(1);
  await expect.poll(() => logged.join()).toContain('lists were not told');
  expect(told).toEqual([]);
  await say(2);
  await expect.poll(() => told).toContain('conversation');
  expect(broken).toHaveBeenCalledTimes(2);
  ending.abort();
  await leading;
  await close();
});
