/** A mail server that takes everything at once; asked by a line, it tells what came since it was last asked. */
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

let connections = 0;
let seen = fresh();
const server = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
  onConnect(_session, done) {
    connections++;
    seen.most = Math.max(seen.most, connections);
    done();
  },
  onClose: () => {
    connections--;
  },
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => {
      const now = performance.now();
      seen.first ??= now;
      seen.last = now;
      seen.mails++;
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));

createInterface({ input: process.stdin }).on('line', (name) => {
  const { mails, first, last, most } = seen;
  console.log(JSON.stringify({ name, mails, most, seconds: mails > 1 ? (last - first) / 1000 : 0 }));
  if (name.startsWith('reset')) seen = fresh();
});

function fresh() {
  return { mails: 0, first: null, last: null, most: connections };
}
