import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgentClient } from '@helpline/sdk/agent';
import { Child } from './child.js';
import type { Mail } from './mail.js';
import type { MongoSet } from './mongo-set.js';

const start = new URL('../../../../packages/server/dist/cli/start.js', import.meta.url).pathname;
export const password = 'tulips-and-tea';

export const chatInbox = 'web_tulip_garden';
export const identitySecret = 'demo-identity-secret-of-tulip-garden';
/** Everybody who may answer in the brand Tulip Garden. */
export const agentNames = ['ana', 'ben', 'dana', 'emil'] as const;

/** The demo's company, as its own start makes it, with agents who can take so few at once that somebody always waits. */
export async function seed(mongo: MongoSet, env: Record<string, string>, dir: string): Promise<void> {
  const log = join(dir, 'seed.log');
  const child = new Child([process.execPath, start, '--port', '0', '--data', dir, '--json'], { log, env });
  while (!(await readFile(log, 'utf8')).includes('"inboxes"')) {
    if (child.isOver) throw new Error(`The demo's company could not be made; the log is ${log}.`);
    await sleep(50);
  }
  await child.end('SIGTERM');
  await mongo.db.collection('agents').updateMany({}, { $set: { capacity: { chat: 3, email: 5 } } });
}

/** Signs in and gives the session's cookie. */
export async function cookieOf(url: string, name: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-helpline': '1' },
    body: JSON.stringify({ email: `${name}@helpline.example`, password }),
  });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (!answer.ok || cookie === '') throw new Error(`${name} could not sign in: ${answer.status}.`);
  return cookie;
}

/** The support mailbox, reached through the proxies. */
export async function connectMailbox(url: string, { imap, smtp, support }: Mail): Promise<void> {
  const emil = createAgentClient({ serverUrl: url, cookie: await cookieOf(url, 'emil') });
  const access = { host: '127.0.0.1', secure: false, user: support.address, password: support.password };
  emil.connect();
  await emil.connectMailbox({
    brandId: 'tulip-garden',
    address: support.address,
    displayName: 'Tulip Garden',
    imap: { ...access, port: imap.port },
    smtp: { ...access, port: smtp.port },
  });
  emil.close();
}
