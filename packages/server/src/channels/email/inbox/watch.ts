import type { ImapFlow } from 'imapflow';
import { answered } from '../../../platform/answering.js';
import { sleep } from '../../../platform/clock.js';
import type { Logger } from '../../../platform/logger.js';
import { Bell } from '../bell.js';
import { explain } from '../explain.js';
import { type Reach, reach } from '../reach.js';
import type { Mailbox } from '../store.js';
import { type FetchParts, fetchNew } from './fetch-new.js';
import { withInbox } from './imap.js';
import { fetchOtherFolders } from './other-folders.js';

export interface WatchParts extends FetchParts {
  reach: Reach;
  log: Logger;
  /** Also without a hint of the server, it is asked this often. */
  pollMs: number;
}

const loginPauseMs = 60_000;
const answersWithinMs = 10_000;

/** Keeps a connection to the mailbox and fetches whatever is new, until `held` aborts. */
export async function watch(parts: WatchParts, mailbox: Mailbox, held: AbortSignal): Promise<void> {
  let failures = 0;
  while (!held.aborted) {
    try {
      const server = await reach(parts.reach, mailbox._id, 'imap', mailbox.imap);
      const alive = () => {
        failures = 0;
      };
      await withInbox(server, (client) => follow(parts, client, mailbox, held, alive), held);
    } catch (error) {
      if (held.aborted) return;
      const { words, isLogin } = explain(error, { ...mailbox.imap, byToken: mailbox.grant !== undefined });
      parts.log.warn({ mailbox: mailbox._id, failures, detail: words }, 'mailbox can not be read, trying again');
      await setState(parts, mailbox, 'failing', words);
      await sleep(isLogin ? loginPauseMs : pauseMs(failures++), held);
    }
  }
}

/** IMAP's IDLE gives hints, which may get lost; so the mailbox is also asked regularly. */
async function follow(
  parts: WatchParts,
  client: ImapFlow,
  mailbox: Mailbox,
  held: AbortSignal,
  alive: () => void,
): Promise<void> {
  const bell = new Bell();
  let closed = false;
  client.on('exists', () => bell.ring());
  client.on('close', () => {
    closed = true;
    bell.ring();
  });
  let othersAt = Number.NEGATIVE_INFINITY;
  while (!held.aborted) {
    if (closed) throw new Error('The server closed the connection.');
    await answered(client.noop(), answersWithinMs, 'The mail server'); // or a dead link would look like a quiet mailbox
    await fetchNew(parts, client, mailbox._id, held);
    if (performance.now() - othersAt >= parts.pollMs) {
      if (await fetchOtherFolders(parts, client, mailbox._id, held)) bell.ring(); // meanwhile nobody listened at INBOX
      othersAt = performance.now();
    }
    void client.idle().catch(() => {}); // it would begin by itself, only later; where it fails the connection is closed
    await setState(parts, mailbox, 'connected', null);
    alive();
    await bell.wait(parts.pollMs, held);
  }
}

async function setState(parts: WatchParts, { _id }: Mailbox, state: Mailbox['state'], detail: string | null) {
  const fetched = state === 'connected' ? { lastFetchedAt: new Date() } : {};
  await parts.store.mailboxes.updateOne({ _id }, { $set: { state, detail, ...fetched } });
}

/** 1 s to 10 minutes, with jitter, so that many mailboxes of one server do not come back at once. */
const pauseMs = (failures: number): number => Math.min(600_000, 1_000 * 2 ** failures) * (0.5 + Math.random() / 2);
