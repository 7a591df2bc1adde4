import type { Actor, Agent, AgentEntry, Brand, Contact, Conversation, Output, Team } from '@helpline/protocol';
import type { EntryOf } from '../client.js';
import { t } from '../texts.js';

/** What we sent, or are about to. */
export type Ours = EntryOf<'message'> | EntryOf<'forwarded'>;

/** What the entries of a conversation need to know of each other, and may ask for. */
export interface EntryContext {
  conversation: Conversation;
  agents: ReadonlyMap<string, Agent>;
  teams: ReadonlyMap<string, Team>;
  brands: ReadonlyMap<string, Brand>;
  /** What became of the mail of the message with this number, for each group of people. */
  deliveries: ReadonlyMap<number, ReadonlyMap<string, EntryOf<'delivery'>>>;
  callBack: (entry: Ours) => void;
  forward: (entry: EntryOf<'message'>) => void;
  removed: ReadonlySet<number>;
  /** The newest of our messages that the customer has seen in the chat. */
  seenMessage: number | undefined;
  openFile: (fileId: string) => void;
  /** The mail of the entry with this number as a page. */
  mailPage: (seq: number, images: boolean) => Promise<Output<'mail.page'>>;
  openOriginal: (seq: number) => void;
}

export function readEntries(
  entries: readonly AgentEntry[],
  seenByCustomer: number,
): Pick<EntryContext, 'deliveries' | 'removed' | 'seenMessage'> {
  const deliveries = new Map<number, Map<string, EntryOf<'delivery'>>>();
  const removed = new Set<number>();
  let seenMessage: number | undefined;
  for (const entry of entries) {
    if (entry.type === 'delivery') noteDelivery(deliveries, entry);
    else if (entry.type === 'redacted') removed.add(entry.payload.of);
    else if (isFromUs(entry) && entry.payload.channel === 'chat' && entry.seq <= seenByCustomer)
      seenMessage = entry.seq;
  }
  return { deliveries, removed, seenMessage };
}

function noteDelivery(known: Map<number, Map<string, EntryOf<'delivery'>>>, entry: EntryOf<'delivery'>): void {
  const ofMessage = known.get(entry.payload.of) ?? new Map<string, EntryOf<'delivery'>>();
  known.set(entry.payload.of, ofMessage.set(entry.payload.to.join(' '), entry));
}

export const isCustomer = (actor: Actor): boolean => actor.kind === 'visitor' || actor.kind === 'contact';

const isFromUs = (entry: AgentEntry): entry is EntryOf<'message'> =>
  entry.type === 'message' && !isCustomer(entry.actor);

/** What to call a customer: not everybody has said his name, yet each must be told from the others. */
export const nameOfContact = ({ id, name, address }: Contact): string =>
  name || address || t('console.visitor', { tag: id.slice(-4).toUpperCase() });

export function nameOf(actor: Actor, context: Pick<EntryContext, 'agents' | 'conversation'>): string {
  if (actor.name) return actor.name;
  if (isCustomer(actor)) return nameOfContact(context.conversation.contact);
  return context.agents.get(actor.id)?.name ?? actor.kind;
}

export const nameOfAgent = (agentId: string, agents: ReadonlyMap<string, Agent>): string =>
  agents.get(agentId)?.name ?? agentId;
