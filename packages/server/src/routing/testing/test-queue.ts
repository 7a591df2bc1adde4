import { type Actor, type RoutingOf, type RoutingSettings, type Status, usualRouting } from '@helpline/protocol';
import { expect } from 'vitest';
import { ConversationStore, receive } from '../../conversations/index.js';
import { type ConversationState, Journal } from '../../journal/index.js';
import { type Database, type OpenDatabase, openDatabase } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { Leases } from '../../platform/leases.js';
import { createLogger } from '../../platform/logger.js';
import { testDatabaseUri } from '../../platform/mongo/test-mongo.js';
import { Secrets } from '../../platform/secrets.js';
import { Staff, type StaffMember } from '../../staff/index.js';
import { Workspaces } from '../../workspaces/index.js';
import { Desk } from '../giving-out/desk.js';
import { drain } from '../giving-out/drain.js';
import { look } from '../giving-out/look.js';
import { Policies } from '../policy/policies.js';
import { Routing } from '../routing.js';

export const log = createLogger('silent');
export const dana: Actor = { kind: 'agent', id: 'dana', name: 'Dana' };
const mia: Actor = { kind: 'visitor', id: 'mia' };

export interface Node {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
  policies: Policies;
  workspaces: Workspaces;
}

/** A shop with agents and people who wait for them, on a database of its own; one node leads, others may look on. */
export class TestQueue {
  readonly node: Node;
  readonly #database: OpenDatabase;
  readonly #ending = new AbortController();
  #leading: Promise<void> = Promise.resolve();

  private constructor(database: OpenDatabase) {
    this.#database = database;
    this.node = this.anotherNode();
  }

  /** `routes`: whatever waits is given out by itself; else only by `drain`. */
  static async open(name: string, { routes = false } = {}): Promise<TestQueue> {
    const queue = new TestQueue(await openDatabase(testDatabaseUri(name)));
    const { journal, staff, conversations, policies } = queue.node;
    await Promise.all([journal, staff, conversations, policies].map((room) => room.prepare()));
    const routing = routes ? new Routing({ ...queue.node, log }) : null;
    const alsoDo = async (held: AbortSignal, token: number) => routing?.lead(held, token);
    queue.#leading = journal.lead(new Leases(queue.db, log), queue.#ending.signal, alsoDo);
    return queue;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#leading;
    await this.#database.close();
  }

  get db(): Database {
    return this.#database.db;
  }

  anotherNode(): Node {
    return {
      journal: new Journal(this.db, log),
      staff: new Staff(this.db),
      conversations: new ConversationStore(this.db),
      policies: new Policies(this.db),
      workspaces: new Workspaces(this.db, new Secrets(Buffer.alloc(32))),
    };
  }

  /** Whoever names a team has it. */
  async #team(id: string | null): Promise<void> {
    if (id) await this.node.workspaces.addTeam({ _id: id, workspaceId: 'shop', name: id });
  }

  async agent(_id: string, chats: number, brandId = 'tulips', teamIds: string[] = []): Promise<void> {
    for (const id of teamIds) await this.#team(id);
    await this.node.staff.add({
      _id,
      workspaceId: 'shop',
      name: _id,
      email: `${_id}@tulips.example`,
      password: 'a-long-password',
      role: 'agent',
      brandIds: [brandId],
      teamIds,
      capacity: { chat: chats, email: 0 },
    });
    await this.node.staff.setAvailability(_id, 'available');
  }

  /** Conversations that wait, in the order they came; resolves when the queue shows them. */
  async waiting(count: number, brandId = 'tulips', teamId: string | null = null): Promise<string[]> {
    const ids: string[] = [];
    await this.#team(teamId);
    for (let i = 0; i < count; i++) {
      const conversationId = newId();
      ids.push(conversationId);
      await receive(this.node.journal, {
        conversationId,
        clientId: 'visitor:mia:1',
        author: mia,
        message: { channel: 'chat', text: `Question ${i}` },
        opening: { workspaceId: 'shop', brandId, inboxId: brandId, teamId, contactId: 'mia', channel: 'chat' },
      });
    }
    await expect.poll(() => this.node.conversations.count({ _id: { $in: ids } })).toBe(count);
    return ids;
  }

  /** The customer writes on. */
  async write(conversationId: string, text: string): Promise<void> {
    const message = { channel: 'chat', text } as const;
    await receive(this.node.journal, { conversationId, clientId: `visitor:mia:${newId()}`, author: mia, message });
  }

  /** Somebody gives it another status. */
  async status(conversationId: string, to: Status): Promise<void> {
    await this.node.journal.append({
      conversationId,
      clientId: `agent:dana:${newId()}`,
      body: to,
      kind: 'fact',
      rule: () => ({ type: 'status', audience: 'public', actor: dana, payload: { to } }),
    });
  }

  /** How the shop gives its conversations out, where it is not as usual. */
  async policy(settings: Partial<RoutingSettings>, of: RoutingOf = { kind: 'workspace' }): Promise<void> {
    const { overflow = [], whenClosed } = settings;
    for (const { teamId } of overflow) await this.#team(teamId);
    if (whenClosed?.kind === 'team') await this.#team(whenClosed.teamId);
    await this.node.policies.set('shop', of, { ...usualRouting, ...settings });
  }

  /** Gives out what it can, as a node that knows nothing yet. */
  drain(node = this.node): Promise<void> {
    return drain(new Desk(node, 'shop'));
  }

  /** All that routing does once, by itself. */
  async look(): Promise<Date | null> {
    return look(new Desk(this.node, 'shop'));
  }

  async stateOf(conversationId: string, { journal }: Node = this.node): Promise<ConversationState> {
    const state = await journal.state(conversationId);
    if (!state) throw new Error('there is no such conversation');
    return state;
  }

  assigneesOf(ids: string[]): Promise<(string | null)[]> {
    return Promise.all(ids.map(async (id) => (await this.stateOf(id, this.anotherNode())).assigneeId));
  }

  member(agentId: string): Promise<StaffMember> {
    return this.node.staff.member('shop', agentId);
  }

  async slotsOf(agentId: string): Promise<string[]> {
    return (await this.member(agentId)).slots.map(({ conversationId }) => conversationId);
  }
}
