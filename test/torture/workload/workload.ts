import type { Cluster } from '../cluster/cluster.js';
import { agentNames } from '../cluster/people.js';
import type { History } from '../history.js';
import type { Random } from '../random.js';
import { Leaver } from './leaver.js';
import { MailCustomer } from './mail-customer.js';
import type { Participant, Role } from './participant.js';
import { Repeater } from './repeater.js';
import { SdkAgent } from './sdk-agent.js';
import { memory, SdkVisitor } from './sdk-visitor.js';

export interface WorkloadOptions {
  history: History;
  random: Random;
  /** Tells the people and keys of this run from those of the others. */
  epoch: number;
  visitors: number;
  report: (what: string, evidence: unknown) => void;
}

/** She is of the other brand: whatever she gets to see is too much. */
const outsider = 'chiara';
const lookers = ['emil', outsider];

/** Everybody who writes and reads while things break: spread over the nodes. */
export class Workload {
  readonly #participants: Participant[] = [];
  readonly #cluster: Cluster;
  readonly #options: WorkloadOptions;

  constructor(cluster: Cluster, options: WorkloadOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  get participants(): readonly Participant[] {
    return this.#participants;
  }

  async start(): Promise<void> {
    for (const agentId of [...agentNames, outsider]) await this.join(await this.#agent(agentId));
    const visitors = [...this.#visitors(), ...this.#twoTabs(), this.#repeater(), ...this.#byMail()];
    for (const visitor of visitors) await this.join(visitor);
  }

  async join(participant: Participant): Promise<void> {
    this.#participants.push(participant);
    await participant.start();
  }

  rest(): void {
    for (const participant of this.#participants) participant.rest();
  }

  /** Who still has something on his way. */
  busy(): string[] {
    return this.#participants.filter((one) => !one.isIdle()).map(({ name }) => name);
  }

  async close(): Promise<void> {
    await Promise.all(this.#participants.map((participant) => participant.close()));
  }

  #visitors(): SdkVisitor[] {
    return Array.from({ length: this.#options.visitors }, (_, index) => {
      const role = this.#role(`visitor${index}`, index);
      return new SdkVisitor({ ...role, storage: memory(), paceMs: 400, leaves: index % 3 === 0 ? 0.1 : 0 });
    });
  }

  /** One visitor, two tabs, each at another node. */
  #twoTabs(): SdkVisitor[] {
    const storage = memory();
    return [0, 1].map((tab) => new SdkVisitor({ ...this.#role(`tab${tab}`, tab), storage, paceMs: 700 }));
  }

  #repeater(): Repeater {
    const urls = this.#cluster.nodes.map(({ index }) => this.#cluster.clientUrl(index));
    return new Repeater({ ...this.#role('repeater', 0), urls, report: this.#options.report });
  }

  /** Two who write mails, and one who chats and leaves. */
  #byMail(): Participant[] {
    const { mail } = this.#cluster;
    const [leaver, ...writers] = mail.customers.map(({ address }) => address);
    const customers = writers.map((address, index) => new MailCustomer(this.#role(`mailer${index}`, 0), mail, address));
    return [...customers, ...(leaver ? [new Leaver(this.#role('leaver', 1), leaver)] : [])];
  }

  async #agent(agentId: string): Promise<SdkAgent> {
    const role = this.#role(agentId, [...agentNames, outsider].indexOf(agentId));
    const cookie = await this.#cluster.cookieOf(agentId);
    return new SdkAgent({ ...role, agentId, cookie, takesPart: lookers.includes(agentId) ? 'others' : 'own' });
  }

  #role(who: string, place: number): Role {
    const { history, random, epoch } = this.#options;
    const name = `${who}-e${epoch}`;
    const node = place % this.#cluster.nodes.length;
    return { name, history, random: random.fork(name), url: this.#cluster.clientUrl(node), node: String(node) };
  }
}
