import type { Database } from '../../../platform/database.js';
import type { Slot, StaffMember } from '../../../staff/store.js';
import { mayHave } from './staff.js';

/** Looks at every state that every agent was ever in: the database keeps them, one change after the other. */
export class CapWatch {
  readonly findings: string[] = [];
  /** How many slots routing took. */
  given = 0;
  readonly #slots = new Map<string, Slot[]>();
  readonly #watching: Promise<void>;
  #isOver = false;

  private constructor(db: Database) {
    this.#watching = this.#watch(db);
  }

  static async over(db: Database): Promise<CapWatch> {
    await db.command({ collMod: 'agents', changeStreamPreAndPostImages: { enabled: true } });
    return new CapWatch(db);
  }

  /** Resolves when everything was looked at that was until now. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
  }

  async #watch(db: Database): Promise<void> {
    const changes = db.collection<StaffMember>('agents').watch([], { fullDocument: 'required', maxAwaitTimeMS: 500 });
    for (;;) {
      const wasOver = this.#isOver;
      const change = await changes.tryNext();
      if (change?.operationType === 'update' && change.fullDocument) this.#look(change.fullDocument);
      if (!change && wasOver) return changes.close();
    }
  }

  #look(member: StaffMember): void {
    const before = this.#slots.get(member._id) ?? [];
    this.#slots.set(member._id, member.slots);
    const counted = member.slots.reduce((sum, { units }) => sum + units, 0);
    if (counted !== member.used.chat + member.used.email) this.findings.push(`${member._id} counts his slots wrongly`);
    for (const slot of member.slots)
      if (!before.some(({ clientId }) => clientId === slot.clientId)) this.#lookAtNew(member, slot);
  }

  /** What a person decides may be too much, and may go to whoever is away. */
  #lookAtNew(member: StaffMember, slot: Slot): void {
    if (!slot.clientId.startsWith('system:')) return;
    this.given++;
    const { own, inAll } = mayHave(member, slot.channel);
    if (member.used[slot.channel] > own)
      this.findings.push(`${member._id} was given more than his ${own} ${slot.channel}s`);
    if (member.used.chat + member.used.email > inAll)
      this.findings.push(`${member._id} was given more than ${inAll} in all`);
    if (member.availability !== 'available') this.findings.push(`${member._id} was given one while he was away`);
    if (member.slots.filter(({ conversationId }) => conversationId === slot.conversationId).length > 1)
      this.findings.push(`${member._id} was given ${slot.conversationId} twice`);
  }
}
