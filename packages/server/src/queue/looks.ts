import { limitOf } from '@helpline/protocol';
import type { ConversationStore, Waiting } from '../conversations/index.js';
import { grouped } from '../platform/grouped.js';
import { canSee } from '../platform/visibility.js';
import { type Staff, type StaffMember, visibilityOf } from '../staff/index.js';
import { secondsPerPlace } from './estimate.js';
import { type Line, lineOf } from './lines.js';
import type { StartStore } from './store.js';

/** The lines of a workspace by their names, as they stood at one moment. */
export type Look = ReadonlyMap<string, Line>;

interface Parts {
  conversations: ConversationStore;
  staff: Staff;
  starts: StartStore;
}

const goodForMs = 1_000;

/** What waits in the chat. However many ask, it is read once a second at most. */
export class Looks {
  readonly #parts: Parts;
  readonly #kept = new Map<string, { at: number; look: Promise<Look> }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As of a second ago at most. */
  recent(workspaceId: string): Promise<Look> {
    const kept = this.#kept.get(workspaceId);
    return kept && Date.now() - kept.at < goodForMs ? kept.look : this.fresh(workspaceId);
  }

  fresh(workspaceId: string): Promise<Look> {
    const look = this.#read(workspaceId, new Date());
    this.#kept.set(workspaceId, { at: Date.now(), look });
    look.catch(() => this.#kept.delete(workspaceId));
    return look;
  }

  async #read(workspaceId: string, now: Date): Promise<Look> {
    const { conversations, staff } = this.#parts;
    const waiting = await conversations.waitingInChat(workspaceId);
    const members = waiting.length > 0 ? await staff.members(workspaceId) : [];
    const lines = [...grouped(waiting, lineOf)].map(([name, some]) =>
      this.#line(workspaceId, name, some, members, now),
    );
    return new Map((await Promise.all(lines)).map((line) => [line.name, line]));
  }

  async #line(workspaceId: string, name: string, waiting: Waiting[], members: StaffMember[], now: Date): Promise<Line> {
    const [front] = waiting;
    const hands = front ? handsFor({ workspaceId, ...front }, members) : 0;
    const starts = await this.#parts.starts.recent(workspaceId, name, now);
    const frontSince = front?.waitingSince ?? now;
    return { name, waiting, hands, secondsPerPlace: secondsPerPlace(starts, hands, frontSince, now) };
  }
}

/** How many chats those who are there can hold at once. Whoever is at what comes after one is back in a moment. */
function handsFor(scope: { workspaceId: string; brandId: string; teamId: string | null }, members: StaffMember[]) {
  return members
    .filter((member) => isThere(member) && canSee(visibilityOf(member), scope))
    .reduce((sum, member) => sum + limitOf(member, 'chat'), 0);
}

const isThere = ({ availability }: StaffMember): boolean => availability === 'available' || availability === 'wrap_up';
