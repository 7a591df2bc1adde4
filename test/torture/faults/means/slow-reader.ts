import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitUntil } from '../../workload/wait.js';

interface Place {
  token: string;
  conv: string;
}

/**
 * A socket of a visitor, written by hand: it joins its conversation and then reads nothing more, but goes on asking and
 * answers pings that it can not have heard. So only a bound on what the server keeps for it can end it.
 */
export class SlowReader {
  readonly #socket: Socket;
  readonly #conv: string;
  readonly #answering: ReturnType<typeof setInterval>;

  private constructor(socket: Socket, conv: string) {
    this.#socket = socket;
    this.#conv = conv;
    socket.on('error', () => {});
    this.#answering = setInterval(() => socket.write(frame('3')), 400);
    socket.pause();
  }

  static async connect(port: number, place: Place): Promise<SlowReader> {
    return new SlowReader(await joined(port, place), place.conv);
  }

  /** Asks for his whole conversation, as often as he likes. */
  ask(times: number): void {
    for (let n = 0; n < times; n++) this.#socket.write(sync(this.#conv, n + 1));
  }

  /** Whoever does not read does not see the end either; a write into a closed connection does. */
  isCut(): boolean {
    return this.#socket.closed;
  }

  close(): void {
    clearInterval(this.#answering);
    this.#socket.destroy();
  }
}

async function joined(port: number, { token, conv }: Place): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  const hear = (bytes: Buffer): void => {
    heard += bytes.toString('latin1');
  };
  socket.on('data', hear);
  const hears = async (text: string): Promise<void> => {
    if (!(await waitUntil(() => heard.includes(text), { upToMs: 10_000 }))) throw new Error(`Never heard ${text}.`);
  };
  socket.write(handshake(port));
  await hears('"sid"');
  socket.write(frame(`40/visitor,${JSON.stringify({ token })}`));
  await hears('40/visitor,{"sid"');
  socket.write(sync(conv, 0));
  await hears('43/visitor,0');
  socket.off('data', hear);
  return socket;
}

const sync = (conversationId: string, n: number): Buffer =>
  frame(`42/visitor,${n}${JSON.stringify(['visitor.sync', { conversationId, after: 0 }])}`);

const handshake = (port: number): string =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');

/** A masked text frame of up to 64 kB. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const length = body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 0xff];
  const masked = body.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]);
}
