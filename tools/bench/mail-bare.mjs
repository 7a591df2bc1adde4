/** What one writes first: imapflow gives every mail, simpleParser reads it; with --store each raw mail is inserted, journaled. */
import { parseArgs } from 'node:util';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import mongoose from 'mongoose';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string' },
    store: { type: 'string' },
  },
});
const connection = values.store ? await mongoose.createConnection(values.store).asPromise() : null;
const raws = connection?.db.collection('bare_mails');
await raws?.deleteMany({});

const auth = { user: values.user, pass: values.password };
const client = new ImapFlow({ host: '127.0.0.1', port: Number(values.port), secure: false, auth, logger: false });
await client.connect();
await client.mailboxOpen('INBOX', { readOnly: true });
const began = performance.now();
let mails = 0;
for await (const { source } of client.fetch('1:*', { source: true })) {
  const mail = await simpleParser(source);
  if (mail.subject) mails++;
  await raws?.insertOne({ raw: source }, { writeConcern: { w: 1, j: true } });
}
console.log(JSON.stringify({ mails, seconds: (performance.now() - began) / 1000 }));
client.close();
await connection?.close();
