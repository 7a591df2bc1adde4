// One visitor who writes as fast as --rate says, whatever he is answered; cut off, he comes back.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectVisitor, openSession, originFrom } from './clients.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, rate: { type: 'string' } } });
const port = Number(values.port);
const perTick = Number(values.rate) / 100;
const address = '10.1.0.1';
const token = await openSession(port, { 'x-forwarded-for': address });
let sent = 0;

for (;;) {
  let cut = false;
  const onClose = () => {
    cut = true;
  };
  const flooder = await connectVisitor(port, token, { onClose, origin: originFrom(port, address) }).catch(() => null);
  if (flooder) console.log('floods');
  const { conversationId } =
    (await flooder?.call('visitor.start', { clientId: `flood-${sent}`, text: 'Hello' }).catch(() => null)) ?? {};
  while (flooder && !cut) {
    for (let i = 0; i < perTick; i++)
      flooder.emitWithAck('visitor.send', {
        conversationId: conversationId ?? 'none',
        clientId: `flood-${sent++}`,
        text: 'Flood',
      });
    await sleep(10);
  }
  await sleep(1_000);
}
