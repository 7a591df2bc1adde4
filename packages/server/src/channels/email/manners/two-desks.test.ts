import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandId, EmailDesk, Ground, workspaceId } from '../testing/email-desk.js';
import { ben, MailUsers, support } from '../testing/mail-users.js';
import { beginAutomaticAnswer } from './begin-automatic-answer.js';

let users: MailUsers;
let grounds: Ground[] = [];
let desks: EmailDesk[] = [];

beforeAll(async () => {
  users = await MailUsers.start();
}, 300_000);
afterAll(() => users?.stop());
beforeEach(async () => {
  await users.empty();
  grounds = [await Ground.lay('two-desks-tea'), await Ground.lay('two-desks-coffee')];
});
afterEach(async () => {
  await Promise.all(desks.map((desk) => desk.stop()));
  await Promise.all(grounds.map((ground) => ground.close()));
});

/** Thanks for every message, in mails that look as if a person wrote them. */
function thankEverybody(desk: EmailDesk): EmailDesk {
  const { journal, contacts } = desk.parts;
  journal.consume({
    name: 'thanks',
    wants: ({ type, actor }) => type === 'message' && actor.kind === 'contact',
    async handle(refs) {
      for (const entry of await journal.entriesById(refs.map(({ _id }) => _id)))
        if (entry.type === 'message' && !(await beginAutomaticAnswer({ store: desk.ground.store, contacts }, entry)))
          await desk.answer(entry.conversationId, 'Thank you, somebody will answer soon.');
    },
  });
  return desk;
}

test('two Helplines that thank each other stop after one mail each, though no header tells what they are', async () => {
  desks = await Promise.all(grounds.map((ground) => thankEverybody(new EmailDesk(ground)).start()));
  const [tea, coffee] = desks as [EmailDesk, EmailDesk];
  const settings = users.settings(brandId);
  await tea.email.connect(workspaceId, settings);
  const [imap, smtp] = [settings.imap, settings.smtp].map((server) => ({ ...server, user: ben }));
  if (!imap || !smtp) throw new Error('There are no servers.');
  await coffee.email.connect(workspaceId, { ...settings, address: ben, imap, smtp });

  await users.send(ben, { subject: 'An offer', text: 'Do you need coffee?' });
  // The offer, and the thanks for the thanks.
  await expect.poll(() => grounds[0]?.store.ledger.countDocuments({ state: 'received' }), { timeout: 40_000 }).toBe(2);
  expect(await coffee.ledger(1)).toEqual(['received']);
  await users.send(ben, { subject: 'Another offer', text: 'And sugar?' });
  expect(await tea.ledger(3)).toEqual(['received', 'received', 'received']);
  expect(await sentBy(tea)).toBe(1);
  expect(await sentBy(coffee)).toBe(1);
  expect(await users.count(ben)).toBe(1);
  expect(await users.count(support)).toBe(3);
}, 60_000);

const sentBy = (desk: EmailDesk): Promise<number> => desk.ground.store.deliveries.countDocuments();
