import { type AgentClient, type AgentConversation, createAgentClient, HelplineError } from '@helpline/sdk/agent';
import type { House } from './house.js';

type Listed = Awaited<ReturnType<AgentClient['list']>>['items'][number];

/** An agent who works by the SDK, without a browser; `serverUrl` may lead to the house by a way round. */
export async function agentAt(house: House, name: string, serverUrl = house.ready.url): Promise<AgentClient> {
  const account = house.ready.accounts.find((one) => one.name.startsWith(name));
  if (!account) throw new Error(`Nobody is called ${name}.`);
  const answer = await fetch(`${house.ready.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-helpline': '1' },
    body: JSON.stringify({ email: account.email, password: account.password }),
  });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const agent = createAgentClient({ serverUrl, cookie });
  agent.connect();
  return agent;
}

/** Every open conversation the agent may see. */
export async function everyOpen(agent: AgentClient): Promise<Listed[]> {
  const found: Listed[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await agent.list({ view: 'open', ...(cursor && { cursor }) });
    found.push(...items);
    cursor = next ?? undefined;
  } while (cursor);
  return found;
}

/** Answers each mail once, as soon as it is there; tells what was answered in which conversation. */
export class MailDesk {
  readonly answered = new Map<string, AgentConversation>();
  readonly #agent: AgentClient;
  #closed = false;

  constructor(agent: AgentClient) {
    this.#agent = agent;
  }

  async work(): Promise<void> {
    while (!this.#closed) {
      await this.#answerNew().catch((error) => {
        if (!(error instanceof HelplineError)) throw error; // the server is away: look again
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  close(): void {
    this.#closed = true;
  }

  async #answerNew(): Promise<void> {
    const mails = (await everyOpen(this.#agent)).filter(({ channel }) => channel === 'email');
    for (const { id, subject } of mails.filter((one) => !this.answered.has(one.id))) {
      const conversation = await this.#agent.open(id);
      this.answered.set(id, conversation);
      conversation.reply(`The answer to: ${subject}`);
    }
  }
}
