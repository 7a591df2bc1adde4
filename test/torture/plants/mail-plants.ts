import type { Plant } from './plant.js';

const claims = 'server/dist/channels/email/sender/claims.js';
const fetchNew = 'server/dist/channels/email/inbox/fetch-new.js';

/** Bugs of mail, in and out. */
export const mailPlants: Plant[] = [
  {
    name: 'cursor-before-commit',
    bug: 'a mail counts as fetched before it is stored',
    provokedBy: ['F40'],
    caughtBy: ['C8'],
    mutate: [
      {
        file: fetchNew,
        find: 'const fetched = await coming;',
        replace: `await advance(parts.store, mailbox, folder, batch.at(-1)?.uid ?? 0);
        const fetched = await coming;`,
      },
    ],
  },
  {
    name: 'swallowed-error',
    bug: 'whoever takes in mails catches an error and goes on with the next, as if this one were done',
    provokedBy: ['F49'],
    caughtBy: ['C8'],
    mutate: [
      {
        file: 'server/dist/channels/email/inbox/take-in-waiting.js',
        find: "triesAtMost ? 'failed' : 'fetched'",
        replace: "triesAtMost ? 'failed' : 'received'",
      },
    ],
  },
  {
    name: 'message-id-as-sole-key',
    bug: 'two mails with one Message-ID count as copies, whoever wrote them and whatever they say',
    provokedBy: [],
    caughtBy: ['C8'],
    mutate: [
      {
        file: 'server/dist/channels/email/inbox/take-in.js',
        find: 'JSON.stringify([mail.messageId, mail.from?.address, mail.date])',
        replace: 'mail.messageId',
      },
    ],
  },
  {
    name: 'new-message-id',
    bug: 'every try to send an answer is another mail, with a Message-ID of its own',
    provokedBy: ['F45'],
    caughtBy: ['C9'],
    mutate: [
      {
        file: 'server/dist/channels/email/sender/write-mail.js',
        find: 'const messageId = delivery.messageId ?? makeMessageId(',
        replace: 'const messageId = "<" + Date.now() + ".again@mail.example>"; void (',
      },
    ],
  },
  {
    name: 'lease-without-fence',
    bug: "whoever once claimed an answer sends it, though his claim has run out and another's stands (and claims run out soon)",
    provokedBy: ['F28'],
    caughtBy: ['C9'],
    mutate: [
      { file: claims, find: 'const claimMs = 60_000;', replace: 'const claimMs = 1_000;' },
      { file: claims, find: 'filter: { _id, claim },', replace: 'filter: { _id },' },
    ],
  },
];
