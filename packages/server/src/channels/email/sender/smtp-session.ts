import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import { type Login, type ReachableServer, signIn } from '../reach.js';

/** The callers have shorter patience; this is for connections that nobody waits for any more. */
const idleMs = 180_000;

/** A connection to a mail server, logged in. Closing it is the caller's. */
export const openSmtp = (server: ReachableServer): Promise<SMTPConnection> => signIn(server, connect);

async function connect({ host, servername, port, secure, user, ...login }: ReachableServer): Promise<SMTPConnection> {
  const smtp = new SMTPConnection({
    host,
    servername,
    port,
    secure,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: idleMs,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      smtp.on('error', reject);
      smtp.once('end', () => reject(new Error('The server hung up.')));
      smtp.connect((error) => (error ? reject(error) : resolve()));
    });
    // Small commands would else wait for each other's acknowledgements.
    if (smtp._socket) smtp._socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      smtp.once('error', reject);
      smtp.login(credentials(user, login), (error) => (error ? reject(error) : resolve()));
    });
    return smtp;
  } catch (error) {
    smtp.close();
    throw error;
  }
}

const credentials = (user: string, login: Login) =>
  'password' in login
    ? { user, pass: login.password }
    : { user, oauth2: new XOAuth2({ user, accessToken: login.accessToken }) };
