import { connect, createServer } from 'node:net';

/** As a company's load balancer: each connection goes to the next node that takes it. */
export async function balance(urls: string[]) {
  const ports = urls.map((url) => Number(new URL(url).port));
  let turn = 0;
  const balancer = createServer((client) => {
    client.on('error', () => client.destroy());
    const tryNext = (tries: number): void => {
      const node = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1');
      const refused = () => (tries > 1 ? tryNext(tries - 1) : client.destroy());
      node.once('error', refused);
      node.once('connect', () => {
        node.off('error', refused).on('error', () => client.destroy());
        client.on('close', () => node.destroy());
        client.pipe(node).pipe(client);
      });
    };
    tryNext(ports.length);
  });
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  const address = balancer.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: () => void balancer.close(),
  };
}
