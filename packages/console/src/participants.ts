import type { AgentEntry } from '@helpline/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OpenConversation } from './client.js';

export interface Participant {
  address: string;
  /** Empty where no mail names him. */
  name: string;
}

/** Knows who else takes part in a conversation by mail, besides its customer. */
export class Participants implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #shown: () => OpenConversation | null;
  #askedFor = '';
  #addresses: string[] = [];

  /** `shown`: the conversation of which somebody wants to know. */
  constructor(host: ReactiveControllerHost, shown: () => OpenConversation | null) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  get others(): Participant[] {
    const open = this.#shown();
    if (!open || this.#addresses.length === 0) return [];
    const names = namesIn(open.entries);
    const customers = open.conversation?.contact.address?.toLowerCase();
    return this.#addresses
      .filter((address) => address !== customers)
      .map((address) => ({ address, name: names.get(address) ?? '' }));
  }

  hostUpdate(): void {
    const open = this.#shown();
    if (open) void this.#ask(open);
  }

  /** Asked anew whenever a mail came or went. */
  async #ask(open: OpenConversation): Promise<void> {
    const last = open.entries.findLast(isOfMail);
    const asking = `${open.id} ${last?.seq ?? 0}`;
    if (asking === this.#askedFor) return;
    if (!this.#askedFor.startsWith(`${open.id} `)) this.#addresses = [];
    this.#askedFor = asking;
    const told = last && (await open.recipients().catch(() => null));
    if (!told || asking !== this.#askedFor) return;
    this.#addresses = told.participants;
    this.#host.requestUpdate();
  }
}

const isOfMail = (entry: AgentEntry): boolean =>
  entry.type === 'delivery' || (entry.type === 'message' && entry.payload.mail !== undefined);

/** What the mails call whom they name; the newest is right. */
function namesIn(entries: readonly AgentEntry[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const entry of entries) {
    if (entry.type !== 'message') continue;
    const { mail, envelope } = entry.payload;
    const named = [
      ...(mail ? [mail.from, ...mail.to, ...mail.cc] : []),
      ...(envelope ? [...envelope.to, ...envelope.cc] : []),
    ];
    for (const { address, name } of named) if (name) names.set(address.toLowerCase(), name);
  }
  return names;
}
