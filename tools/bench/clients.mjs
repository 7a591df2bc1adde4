/** Clients of a bench: the sockets of the fixed load, speaking Helpline. */
import { pathToFileURL } from 'node:url';
import { fixedFile } from './load.mjs';

const { connect } = await import(pathToFileURL(fixedFile('raw-socket.mjs')));
const inbox = 'web_tulip_garden';

export async function post(port, path, body, headers = {}) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: originOf(port), ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path} was answered with ${response.status}: ${await response.text()}`);
  return response;
}

/** A new session of a visitor; gives its token. */
export async function openSession(port, headers) {
  return (await (await post(port, '/visitor/sessions', { inbox }, headers)).json()).token;
}

export async function connectVisitor(port, token, listeners) {
  return callable(
    await connect({ port, namespace: '/visitor', auth: { token }, origin: originOf(port), ...listeners }),
  );
}

/** Signs the demo's supervisor in; gives the session's cookie. */
export async function signIn(port) {
  const response = await post(port, '/sessions', { email: 'dana@helpline.example', password: 'tulips-and-tea' });
  return response.headers.get('set-cookie').split(';')[0];
}

export async function connectAgent(port, cookie, listeners) {
  return callable(await connect({ port, namespace: '/agent', cookie, ...listeners }));
}

/** As if a load balancer said where the visitor comes from. The fixed client sends no header but the origin: it rides along. */
export const originFrom = (port, address) => `${originOf(port)}\r\nX-Forwarded-For: ${address}`;

const originOf = (port) => `http://127.0.0.1:${port}`;

function callable(socket) {
  return {
    ...socket,
    async call(door, input) {
      const [answer] = JSON.parse(await socket.request(door, input));
      if (!answer.ok)
        throw new Error(`${door} was answered with ${answer.error.code}: ${answer.error.detail ?? answer.error.title}`);
      return answer.data;
    },
  };
}

/** Runs `work` for 0, 1, 2… below `count`, some at a time; gives what they gave. */
export async function eachOf(count, atOnce, work) {
  const results = new Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const i = next++;
      results[i] = await work(i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}
