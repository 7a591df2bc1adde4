import { ImapFlow } from 'imapflow';
import { type ReachableServer, signIn } from '../reach.js';

const megabyte = 1024 * 1024;

/** A client that is not connected yet. Its errors also reject what waits for it, so listening is only to survive them. */
function imapClient({ host, servername, port, secure, user, ...login }: ReachableServer): ImapFlow {
  const client = new ImapFlow({
    host,
    servername,
    port,
    secure,
    auth: 'password' in login ? { user, pass: login.password } : { user, accessToken: login.accessToken },
    logger: false,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000, // after so long a silence it asks with a NOOP, and gives the link up after as long again
    autoIdleDelay: 50,
    maxIdleTime: 5 * 60_000,
    maxLineLength: megabyte,
    maxLiteralSize: 64 * megabyte,
    maxResponseSize: 80 * megabyte,
    disableCompression: true,
  });
  client.on('error', () => {});
  return client;
}

/** Runs `work` with a connection to the INBOX, read-only: nothing there is ever marked or moved. */
export const withInbox = <T>(
  server: ReachableServer,
  work: (client: ImapFlow) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> => signIn(server, (server) => openInbox(server, work, signal));

async function openInbox<T>(
  server: ReachableServer,
  work: (client: ImapFlow) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const client = imapClient(server);
  const hangUp = () => client.close();
  signal?.addEventListener('abort', hangUp, { once: true });
  try {
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    return await work(client);
  } finally {
    signal?.removeEventListener('abort', hangUp);
    client.close();
  }
}
