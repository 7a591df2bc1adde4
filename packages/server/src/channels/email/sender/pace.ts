import { mailProviders } from '@helpline/protocol';
import { Gathered } from '../../../platform/gathered.js';
import { sendingOf } from '../sending-settings.js';
import type { Mailbox, MailStore } from '../store.js';

const minute = 60_000;
/** How far ahead mails may go to the server: whoever looks for what is due does so every second. */
const aheadMs = 1_000;
/** What a provider is known to take of a mailbox in a minute. */
const knownLimits: Partial<Record<string, number>> = { microsoft: 30 };

/** Lets no more mails of a mailbox leave within a minute than it may send, over all nodes together. */
export class Pace {
  readonly #asking: Gathered<Mailbox, Date | null>;

  constructor(store: MailStore) {
    this.#asking = new Gathered((mailboxes) => slotsFor(store, mailboxes));
  }

  /** Null if a mail may go now, else when it may. */
  async next(mailbox: Mailbox): Promise<Date | null> {
    return limitOf(mailbox) ? this.#asking.ask(mailbox) : null;
  }
}

function limitOf(mailbox: Mailbox): number | null {
  const provider = mailProviders.find(({ smtp }) => smtp.host === mailbox.smtp.host);
  return sendingOf(mailbox).mailsAMinute ?? knownLimits[provider?.id ?? ''] ?? null;
}

async function slotsFor(store: MailStore, asked: Mailbox[]): Promise<(mailbox: Mailbox) => Date | null> {
  const slots = new Map<string, (Date | null)[]>();
  for (const mailbox of new Map(asked.map((one) => [one._id, one])).values()) {
    const wanted = asked.filter(({ _id }) => _id === mailbox._id).length;
    slots.set(mailbox._id, await take(store, mailbox, wanted));
  }
  return ({ _id }) => slots.get(_id)?.shift() ?? null;
}

/** Takes as many of the next slots as begin by now, and tells when the others would. By the database's clock. */
async function take({ paces }: MailStore, mailbox: Mailbox, wanted: number): Promise<(Date | null)[]> {
  const apartMs = minute / (limitOf(mailbox) ?? minute);
  const from = { $max: ['$next', '$$NOW'] };
  const fitting = { $ceil: { $divide: [{ $subtract: [{ $add: ['$$NOW', aheadMs] }, '$from'] }, apartMs] } };
  const pace = await paces.findOneAndUpdate(
    { _id: mailbox._id },
    [
      { $set: { from } },
      { $set: { given: { $max: [0, { $min: [wanted, fitting] }] } } },
      { $set: { next: { $add: ['$from', { $multiply: ['$given', apartMs] }] } } },
    ],
    { upsert: true, returnDocument: 'after' },
  );
  const { given = 0, next = new Date() } = pace ?? {};
  return Array.from({ length: wanted }, (_, i) =>
    i < given ? null : new Date(next.getTime() + (i - given) * apartMs),
  );
}
