import type { Actor, Availability } from '@helpline/protocol';
import type { ConversationStore } from '../../conversations/index.js';
import type { ConversationState, Journal } from '../../journal/index.js';
import type { Collection, Database } from '../../platform/database.js';
import { DeskError } from '../../platform/errors.js';
import type { Staff, StaffMember } from '../../staff/index.js';
import { assignByHand } from '../giving-out/claim.js';

interface Parts {
  db: Database;
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
}

/** Somebody who is on his way out, until nothing is his any more. */
interface HandBack {
  /** The agent. */
  _id: string;
  workspaceId: string;
  /** When somebody last worked on it. */
  at: Date;
}

/** How long one call works before it tells how far it has come. */
const callTakesMs = 1_000;
/** After that whoever asked for it is gone, and the leading node finishes it. */
const abandonedAfterMs = 10_000;

/** Agents who go and leave all they have to the others. What was begun is finished, whoever breaks off. */
export class HandBacks {
  readonly #parts: Parts;
  readonly #begun: Collection<HandBack>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#begun = parts.db.collection<HandBack>('handBacks');
  }

  /** He is away, and what he has goes back to the queue; call it again until nothing is `left`. */
  async begin(
    { workspaceId, _id }: Pick<StaffMember, '_id' | 'workspaceId'>,
    availability: Availability,
    callMs = callTakesMs,
  ): Promise<{ given: number; left: number }> {
    await this.#begun.updateOne({ _id }, { $set: { workspaceId, at: new Date() } }, { upsert: true });
    await this.#parts.staff.setAvailability(_id, availability);
    return this.#goOn({ _id, workspaceId }, Date.now() + callMs);
  }

  /** Those that nobody is working on any more. */
  async finishAbandoned(now = new Date()): Promise<void> {
    const at = { $lte: new Date(now.getTime() - abandonedAfterMs) };
    for (const one of await this.#begun.find({ at }).toArray()) await this.#goOn(one, Number.POSITIVE_INFINITY);
  }

  async #goOn({ _id, workspaceId }: Pick<HandBack, '_id' | 'workspaceId'>, until: number) {
    const member = await this.#parts.staff.member(workspaceId, _id);
    // Whoever is back keeps what he has: it may have been given to him since.
    const his = member.availability === 'available' ? [] : await this.#his(member);
    const actor: Actor = { kind: 'agent', id: _id, name: member.name };
    let given = 0;
    for (const conversation of his) {
      if (given > 0 && Date.now() >= until) return { given, left: his.length - given };
      await this.#giveBack(conversation, actor);
      given++;
    }
    await this.#begun.deleteOne({ _id });
    return { given, left: 0 };
  }

  /** By his slots and by the list: each may lag behind what the journal says. */
  async #his({ _id, slots }: StaffMember): Promise<ConversationState[]> {
    const listed = await this.#parts.conversations.assignedTo(_id);
    const ids = [...slots.map(({ conversationId }) => conversationId), ...listed.map((one) => one._id)];
    const states = await this.#parts.journal.newest([...new Set(ids)]);
    return states.filter(({ handler, assigneeId }) => handler === 'agent' && assigneeId === _id);
  }

  /** Each assignment ends once, however often it is tried. */
  async #giveBack(conversation: ConversationState, actor: Actor): Promise<void> {
    const clientId = `agent:${actor.id}:hand-back:${conversation.assignedSeq}`;
    const { journal, staff } = this.#parts;
    await assignByHand(journal, staff, { conversation, clientId, actor, agentId: null }).catch(unlessNoMoreHis);
  }
}

function unlessNoMoreHis(error: unknown): void {
  const over = error instanceof DeskError && (error.code === 'already_done' || error.code === 'unprocessable');
  if (!over) throw error;
}
