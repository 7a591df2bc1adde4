import { receive } from '../../../conversations/index.js';
import type { ConversationState, Journal } from '../../../journal/index.js';
import type { Collection, Database } from '../../../platform/database.js';
import { newId } from '../../../platform/ids.js';
import type { StaffMember } from '../../../staff/store.js';
import type { RaceNode } from './nodes.js';
import { callerFor, placeOf, workspaceId } from './staff.js';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];

/** Customers who write, and agents who resolve, go away, come back, and take what waits or is a colleague's. */
export class Crowd {
  readonly #journal: Journal;
  readonly #conversations: Collection<ConversationState>;
  readonly #members: StaffMember[];
  readonly #nodes: () => RaceNode[];

  /** `nodes`: those that can be asked at the moment. */
  constructor(db: Database, journal: Journal, members: StaffMember[], nodes: () => RaceNode[]) {
    this.#journal = journal;
    this.#conversations = db.collection<ConversationState>('conversations');
    this.#members = members;
    this.#nodes = nodes;
  }

  /** So many customers come, and all agents are busy until nearly everybody was served. */
  async storms(customers: number, mayWait: number): Promise<void> {
    const storm = new AbortController();
    const agents = this.#members.map((member) => this.#works(member, storm.signal));
    const atOnce = Math.ceil(customers / 40);
    for (let come = 0; come < customers; come += atOnce) {
      await Promise.all(Array.from({ length: Math.min(atOnce, customers - come) }, (_, i) => this.#customer(come + i)));
      await sleep(100);
    }
    while ((await this.#conversations.countDocuments({ handler: 'queue' })) > mayWait) await sleep(100);
    storm.abort();
    await Promise.all(agents);
  }

  async #customer(i: number): Promise<void> {
    const author = { kind: 'visitor', id: `customer ${newId()}` } as const;
    const { brandId, teamId } = placeOf(i);
    const channel = i % 5 === 0 ? 'email' : 'chat';
    const opening = {
      workspaceId,
      brandId,
      inboxId: `${brandId}-${channel}`,
      teamId,
      contactId: author.id,
      channel,
    } as const;
    const message = { channel, text: 'Hello, is anybody there?' } as const;
    await receive(this.#journal, { conversationId: newId(), clientId: `${author.id}:1`, author, message, opening });
  }

  async #works(member: StaffMember, storm: AbortSignal): Promise<void> {
    await this.#isThere(member);
    while (!storm.aborted) {
      await sleep(Math.random() * this.#members.length * 8);
      if (storm.aborted) break;
      await this.#doesSomething(member).catch(() => {}); // refused, or the node is gone: he does something else
    }
    await this.#isThere(member);
  }

  /** Says so until a node has heard it. */
  async #isThere(member: StaffMember): Promise<void> {
    const said = this.#asks(member, 'agent.setAvailability', { availability: 'available' });
    const isHeard = await said.then(
      () => true,
      () => false,
    );
    if (!isHeard) await this.#isThere(member);
  }

  async #doesSomething(member: StaffMember): Promise<void> {
    const what = Math.random();
    if (what < 0.06) return this.#takesABreak(member);
    if (what < 0.09) return this.#takes(member, { handler: 'queue' });
    if (what < 0.12) return this.#takes(member, { handler: 'agent', assigneeId: { $ne: member._id } });
    const mine = oneOf(await this.#conversations.find({ assigneeId: member._id, handler: 'agent' }).toArray());
    if (!mine) return;
    if (what < 0.15) return this.#asks(member, 'conversation.assign', { ...written(mine), agentId: null });
    await this.#asks(member, 'conversation.resolve', written(mine));
    if (what < 0.25) await this.#writesAgain(mine);
  }

  async #takesABreak(member: StaffMember): Promise<void> {
    await this.#asks(member, 'agent.setAvailability', { availability: oneOf(['break', 'offline']) });
    await sleep(Math.random() * 500);
    await this.#asks(member, 'agent.setAvailability', { availability: 'available' });
  }

  async #takes(member: StaffMember, filter: object): Promise<void> {
    const brandId = member.brandIds === 'all' ? {} : { brandId: { $in: member.brandIds } };
    const [any] = await this.#conversations
      .aggregate<ConversationState>([{ $match: { ...filter, ...brandId } }, { $sample: { size: 1 } }])
      .toArray();
    if (any) await this.#asks(member, 'conversation.assign', { ...written(any), agentId: member._id });
  }

  async #writesAgain({ _id, contactId }: ConversationState): Promise<void> {
    const author = { kind: 'visitor', id: contactId } as const;
    const message = { channel: 'chat', text: 'One more thing' } as const;
    await receive(this.#journal, { conversationId: _id, clientId: `${contactId}:${newId()}`, author, message });
  }

  async #asks(
    member: StaffMember,
    door: Parameters<RaceNode['ask']>[0],
    input: Record<string, unknown>,
  ): Promise<void> {
    await oneOf(this.#nodes())?.ask(door, callerFor(member), input);
  }
}

const written = ({ _id }: ConversationState) => ({ conversationId: _id, clientId: newId() });
