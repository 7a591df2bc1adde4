import { connect, createServer, type Socket } from 'node:net';

/** A way to the server on which its answers can be held back or lost, while what the client sends still arrives. */
export async function pausableProxy(serverUrl: string) {
  const links = new Map<Socket, Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(new URL(serverUrl).port), '127.0.0.1');
    links.set(server, client);
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    holdBack() {
      for (const server of links.keys()) server.unpipe();
    },
    /** Ends all links, with what was held back. */
    cut() {
      for (const [server, client] of links) {
        server.destroy();
        client.destroy();
      }
      links.clear();
    },
    letThrough() {
      for (const [server, client] of links) server.pipe(client);
    },
    close() {
      for (const server of links.keys()) server.destroy();
      proxy.close();
    },
  };
}
