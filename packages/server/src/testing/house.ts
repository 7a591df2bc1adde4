import type { StaffRole } from '@helpline/protocol';
import { type ConnectionState, createVisitorClient, type KeyValue, type VisitorClient } from '@helpline/sdk';
import { type AgentClient, createAgentClient } from '@helpline/sdk/agent';
import { type App, startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { type Database, openDatabase } from '../platform/database.js';
import { hashOf, newSecret } from '../platform/ids.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { firstStint } from '../staff/index.js';
import { passwordHash } from '../staff/sign-in.js';
import type { StaffMember, StaffSession } from '../staff/store.js';

/** The site whose pages hold the chats of the company. */
export const shopOrigin = 'https://tulips.example';
export const password = 'a-long-password-for-tests';
export const identitySecret = 'the-identity-secret-of-the-tulip-chat';

const company = 'tulip-house';
const elsewhere = 'elsewhere';

export const inboxes = {
  tulips: inbox('tulips', { brandId: 'tulips', identitySecret }),
  repairs: inbox('repairs', { brandId: 'tulips', teamId: 'repairs' }),
  north: inbox('north', { brandId: 'north', identitySecret: 'another-identity-secret-for-the-north' }),
  elsewhere: inbox('elsewhere', { brandId: 'elsewhere', workspaceId: elsewhere }),
};

export type InboxName = keyof typeof inboxes;

/** Ana and Ben share a brand but no team, Chiara has the other brand, Olga works for another company. */
const people = {
  ana: person('ana', 'agent', { brandIds: ['tulips'], teamIds: ['sales'] }),
  ben: person('ben', 'agent', { brandIds: ['tulips'], teamIds: ['repairs'] }),
  chiara: person('chiara', 'agent', { brandIds: ['north'] }),
  dana: person('dana', 'supervisor', {}),
  emil: person('emil', 'admin', {}),
  olga: person('olga', 'admin', { workspaceId: elsewhere }),
};

export type PersonName = keyof typeof people;

/** A node, and who comes in there. */
export interface NodeOfHouse {
  readonly app: App;
  readonly url: string;
  /** The agent's client, connected. */
  signIn(name: PersonName): Promise<AgentClient>;
  /** A visitor's client, connected; `storage` shared by two of them is two tabs of one browser. */
  visitor(inbox?: InboxName, storage?: KeyValue): Promise<VisitorClient>;
  /** Starts another server on the same port and data, after `app.stop()`. */
  startAgain(): Promise<void>;
  /** Stops the server and starts another one on the same port and data. */
  restart(): Promise<void>;
}

export interface House extends NodeOfHouse {
  readonly db: Database;
  /** What the server has logged, line by line. */
  readonly logged: readonly string[];
  /** A session's cookie, as a browser would send it. */
  cookieOf(name: PersonName): Promise<string>;
  /** Starts another node on the same data; open the house with `manyNodes` for that. */
  anotherNode(): Promise<NodeOfHouse>;
  close(): Promise<void>;
}

/** Starts the whole server in this process, on a fresh database with a small company in it. */
export async function openHouse(name: string, options: Partial<Config> = {}): Promise<House> {
  const database = await openDatabase(testDatabaseUri(name));
  const logged: string[] = [];
  const log = createLogger('debug', { write: (line: string) => void logged.push(line) });
  const config = { ...readConfig({ PORT: '0', HELPLINE_RATE_EXEMPT: '127.0.0.1' }), ...options };
  const start = (port: number) => startApp({ ...config, port }, database.db, Buffer.alloc(32, 7), log);
  const clients: { close(): void }[] = [];
  const nodes: NodeOfHouse[] = [];
  const startNode = async (): Promise<NodeOfHouse> => {
    let app = await start(0);
    const url = `http://127.0.0.1:${app.port}`;
    const node: NodeOfHouse = {
      get app() {
        return app;
      },
      url,
      async signIn(person) {
        const client = createAgentClient({ serverUrl: url, cookie: await cookieOf(database.db, person) });
        clients.push(client);
        await client.resume();
        await connected(client);
        return client;
      },
      async visitor(inboxName = 'tulips', storage) {
        const { publicKey } = inboxes[inboxName];
        const client = createVisitorClient({ serverUrl: url, inbox: publicKey, origin: shopOrigin, storage });
        clients.push(client);
        await client.connect();
        await connected(client);
        return client;
      },
      async startAgain() {
        app = await start(app.port);
      },
      async restart() {
        await app.stop();
        await node.startAgain();
      },
    };
    nodes.push(node);
    return node;
  };
  const first = await startNode();
  await seed(first.app, database.db);
  return {
    get app() {
      return first.app;
    },
    url: first.url,
    db: database.db,
    logged,
    cookieOf: (person) => cookieOf(database.db, person),
    signIn: first.signIn,
    visitor: first.visitor,
    startAgain: first.startAgain,
    restart: first.restart,
    anotherNode: startNode,
    async close() {
      for (const client of clients) client.close();
      await Promise.all(nodes.map(({ app }) => app.stop()));
      await database.close();
    },
  };
}
interface Linked {
  readonly state: ConnectionState;
  on(name: 'state', listener: (state: ConnectionState) => void): () => void;
}

/** Resolves as soon as the client has a live link. */
export function connected(client: Linked): Promise<void> {
  if (client.state === 'connected') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = client.on('state', (state) => {
      if (state !== 'connected') return;
      stop();
      resolve();
    });
  });
}

/** As `signIn` would, without its work; sign-in.test.ts tries the real one. */
async function cookieOf(db: Database, name: PersonName): Promise<string> {
  const token = newSecret();
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000);
  await db
    .collection<StaffSession>('staffSessions')
    .insertOne({ _id: hashOf(token), agentId: people[name]._id, expiresAt });
  return `helpline_session=${token}`;
}

async function seed({ workspaces }: App, db: Database): Promise<void> {
  for (const _id of [company, elsewhere]) await workspaces.addWorkspace({ _id, name: _id });
  for (const { brandId, workspaceId } of Object.values(inboxes))
    await workspaces.addBrand({ _id: brandId, workspaceId, name: brandId });
  for (const one of Object.values(inboxes)) await workspaces.addInbox(one);
  for (const _id of ['sales', 'repairs']) await workspaces.addTeam({ _id, workspaceId: company, name: _id });
  const hash = await sharedHash;
  await db
    .collection<StaffMember>('agents')
    .insertMany(Object.values(people).map((one) => ({ ...one, passwordHash: hash })));
}

/** Made once: it takes long by design. */
const sharedHash = passwordHash(password);

function inbox(
  name: string,
  more: { brandId: string; workspaceId?: string; teamId?: string; identitySecret?: string },
) {
  return {
    _id: `${name}-chat`,
    workspaceId: company,
    teamId: null,
    name: `${name} chat`,
    channel: 'chat' as const,
    publicKey: `web_${name}`,
    allowedOrigins: [shopOrigin],
    ...more,
  };
}

function person(
  name: string,
  role: StaffRole,
  more: { workspaceId?: string; brandIds?: string[]; teamIds?: string[] },
): Omit<StaffMember, 'passwordHash'> {
  return {
    _id: name,
    workspaceId: company,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    email: `${name}@tulips.example`,
    role,
    brandIds: 'all',
    teamIds: [],
    availability: 'offline',
    stint: firstStint(new Date()),
    endedStints: [],
    capacity: { chat: 2, email: 2 },
    used: { chat: 0, email: 0 },
    slots: [],
    atOnce: null,
    isTrainee: false,
    skills: [],
    lastAssignedAt: new Date(0),
    ...more,
  };
}

/** A browser's storage, as tabs share it. */
export function memoryStorage(): KeyValue {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** What was said, in order. */
export const textsOf = (entries: readonly { type: string }[]): string[] =>
  entries.flatMap((entry) => ('text' in entry && typeof entry.text === 'string' ? [entry.text] : []));
