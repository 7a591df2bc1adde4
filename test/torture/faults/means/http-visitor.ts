import { chatInbox } from '../../cluster/people.js';

const atOnce = 40;

/** A visitor without a socket: says as much as is wanted, as fast as the server takes it. */
export class HttpVisitor {
  readonly token: string;
  readonly conv: string;
  readonly #url: string;

  constructor(url: string, token: string, conv: string) {
    this.#url = url;
    this.token = token;
    this.conv = conv;
  }

  static async begin(url: string): Promise<HttpVisitor> {
    const { token } = await post<{ token: string }>(url, '/visitor/sessions', { inbox: chatInbox });
    const begin = { clientId: crypto.randomUUID(), text: 'I will say much.' };
    const { conversationId } = await post<{ conversationId: string }>(url, '/visitor/conversations', begin, token);
    return new HttpVisitor(url, token, conversationId);
  }

  async say(times: number, text: string): Promise<void> {
    let left = times;
    const speaking = Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await this.#send(text);
    });
    await Promise.all(speaking);
  }

  async #send(text: string): Promise<void> {
    const path = `/visitor/conversations/${this.conv}/messages`;
    await post(this.#url, path, { clientId: crypto.randomUUID(), text }, this.token);
  }
}

async function post<T>(url: string, path: string, body: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: url };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
