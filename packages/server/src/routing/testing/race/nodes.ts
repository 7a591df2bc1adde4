import type { DoorName } from '@helpline/protocol';
import { type App, startApp } from '../../../app.js';
import { readConfig } from '../../../config.js';
import { type OpenDatabase, openDatabase } from '../../../platform/database.js';
import type { AgentCaller } from '../../../platform/doors.js';
import { createLogger } from '../../../platform/logger.js';
import { pausableProxy } from '../../../testing/pausable-proxy.js';

const log = createLogger('silent');
const config = { ...readConfig({ PORT: '0', HELPLINE_AWAY_AFTER: '0', HELPLINE_LEASE: '2' }), manyNodes: true };

type Link = Awaited<ReturnType<typeof pausableProxy>>;

/** One of the nodes of a desk, with a way of its own to the database. */
export class RaceNode {
  readonly #app: App;
  readonly #database: OpenDatabase;
  readonly #link: Link;
  readonly #asked = new Set<Promise<unknown>>();

  private constructor(app: App, database: OpenDatabase, link: Link) {
    this.#app = app;
    this.#database = database;
    this.#link = link;
  }

  static async start(databaseUri: string): Promise<RaceNode> {
    const link = await pausableProxy(databaseUri);
    const uri = new URL(databaseUri);
    uri.host = new URL(link.url).host;
    uri.search = 'directConnection=true'; // or it would find out where the database really is
    const database = await openDatabase(uri.href);
    return new RaceNode(await startApp(config, database.db, Buffer.alloc(32, 7), log), database, link);
  }

  get app(): App {
    return this.#app;
  }

  /** Somebody of the staff calls a door of this node. */
  async ask(door: DoorName, caller: AgentCaller, input: Record<string, unknown>): Promise<void> {
    const row = this.#app.rows.find(({ name }) => name === door);
    if (!row) throw new Error(`there is no door ${door}`);
    const from = { ip: '127.0.0.1', origin: null, sameOrigin: true, connection: null, setCookie() {} };
    const answer = row.prepare(input, { caller, ids: { requestId: 'race' }, ...from }).run();
    this.#asked.add(answer);
    await answer.finally(() => this.#asked.delete(answer));
  }

  /** Nobody asks it anything any more. */
  async isLeft(): Promise<void> {
    await Promise.allSettled(this.#asked);
  }

  /** What it sends still arrives for a moment, but it hears nothing any more; then it is gone for good. */
  async dies(): Promise<void> {
    this.#link.holdBack();
    await new Promise((resolve) => setTimeout(resolve, 100));
    this.#link.close();
    this.#link.cut();
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.#database.close();
    this.#link.close();
  }
}
