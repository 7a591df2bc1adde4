// How the fixed chat load says the same things to Helpline: an adapter of ../shared/bench/load.mjs.
const conversations = new Map();
let cookie;

/** With HELPLINE_BENCH_ADDRESSES every visitor has an address of his own, as if a load balancer said so. */
const addressOf = (i) =>
  process.env.HELPLINE_BENCH_ADDRESSES ? { 'x-forwarded-for': `10.0.${i >> 8}.${i & 255}` } : {};

const post = (port, path, body, more = {}) =>
  fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}`, ...more },
    body: JSON.stringify(body),
  });

async function signIn(port) {
  const response = await post(port, '/sessions', { email: 'dana@helpline.example', password: 'tulips-and-tea' });
  return response.headers.get('set-cookie').split(';')[0];
}

export default {
  async visitor(i, port) {
    const address = addressOf(i);
    const { token } = await (await post(port, '/visitor/sessions', { inbox: 'web_tulip_garden' }, address)).json();
    const more = Object.entries(address).map(([name, value]) => `\r\n${name}: ${value}`); // the fixed client sends no other headers
    return { port, namespace: '/visitor', auth: { token }, origin: `http://127.0.0.1:${port}${more.join('')}` };
  },
  async agent(_i, port) {
    cookie ??= await signIn(port);
    return { port, namespace: '/agent', cookie };
  },
  async ready({ i, visitor, agent }) {
    const started = JSON.parse(await visitor.request('visitor.start', { clientId: `start-${i}`, text: 'Hello' }));
    const { conversationId } = started[0].data;
    conversations.set(i, conversationId);
    await agent.request('conversation.watch', { conversationId });
  },
  event: 'visitor.send',
  body: ({ i, text, id }) => ({ conversationId: conversations.get(i), clientId: id, text }),
  isMessage: (packet) => packet.startsWith('["entries"'),
  accepted: (ack) => ack.includes('"ok":true'),
};
