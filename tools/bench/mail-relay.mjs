/** Stands between the server and its mail server, and knows the moment at which the server is told of a new mail. */
import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Emits `told`, with the moment. */
export async function startRelay(port) {
  const relay = new EventEmitter();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    near.pipe(far);
    far.on('data', (data) => {
      if (/^\* \d+ EXISTS/m.test(data.toString('latin1'))) relay.emit('told', performance.now());
      near.write(data);
    });
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    for (const end of [near, far]) end.on('error', () => {}); // closed, which the other end is told
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, told: relay, close: () => server.close() };
}
