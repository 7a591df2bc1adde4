// Many idle clients in a process of their own, told by lines on standard input what to do: `connect N`, `chat`, `leave`.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { connectVisitor, eachOf, openSession } from './clients.mjs';
import { fixedFile } from './load.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, kind: { type: 'string' } } });
const port = Number(values.port);
const { connect } = await import(pathToFileURL(fixedFile('raw-socket.mjs')));
let clients = [];

const commands = {
  /** As the widget: a session by HTTP, the live link, then a look at what is there. */
  async connect(count) {
    if (values.kind === 'bare') clients = await eachOf(count, 50, () => connect({ port }));
    else {
      const tokens = await eachOf(count, 50, () => openSession(port));
      clients = await eachOf(count, 50, (i) => connectVisitor(port, tokens[i]));
      await eachOf(count, 50, (i) => clients[i].call('visitor.session', {}));
    }
  },
  /** Each begins a conversation. */
  chat: () =>
    eachOf(clients.length, 50, (i) => clients[i].call('visitor.start', { clientId: `hello-${i}`, text: 'Hello' })),
  leave() {
    for (const client of clients) client.close();
    clients = [];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(' ');
  await commands[name](Number(count));
  console.log(`done ${line}`);
}
process.exit(0);
