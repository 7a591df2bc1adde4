import type { Actor, Parsed, VisitorSession as SessionView } from '@helpline/protocol';
import { type Contacts, contactView } from '../../contacts/index.js';
import { type ConversationStore, receive, recordIdentity, seenBy, visitorPrefix } from '../../conversations/index.js';
import type { Appended, Journal } from '../../journal/index.js';
import type { Database } from '../../platform/database.js';
import type { VisitorCaller } from '../../platform/doors.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { derivedId, hashOf, newSecret } from '../../platform/ids.js';
import type { Queue } from '../../queue/index.js';
import type { OpeningPriority } from '../../routing/index.js';
import { type Inbox, mayEmbed, type Workspaces } from '../../workspaces/index.js';
import { readIdentity } from './identity.js';
import { ChatStore, type VisitorSession } from './store.js';

interface Parts {
  db: Database;
  journal: Journal;
  contacts: Contacts;
  workspaces: Workspaces;
  conversations: ConversationStore;
  queue: Queue;
  openingPriority: OpeningPriority;
}

/** How long a visitor's conversation counts as his without another look. */
const ownedForMs = 60_000;

export interface Page {
  origin: string | null;
  sameOrigin: boolean;
}

type LeftMessage = Parsed<'visitor.leaveMessage'>;

/** Visitors on a company's site: their sessions, and what they write. */
export class Chat {
  readonly #parts: Parts;
  readonly #store: ChatStore;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store = new ChatStore(parts.db);
  }

  /** Finds the visitor's session again or begins one. Throws `not_found` for the inbox, `origin_not_allowed`. */
  async open(
    publicKey: string,
    token: string | undefined,
    page: Page,
  ): Promise<{ token: string; session: SessionView }> {
    const inbox = await this.#parts.workspaces.inboxByPublicKey(publicKey);
    if (!inbox) throw notFound();
    if (!mayEmbed(inbox, page.origin, page.sameOrigin)) throw new DeskError('origin_not_allowed');
    const known = token ? await this.#store.sessions.findOne({ _id: hashOf(token), inboxId: inbox._id }) : null;
    if (token && known) return { token, session: await this.#view(known, inbox) };
    const fresh = newSecret();
    return { token: fresh, session: await this.#view(await this.#begin(fresh, inbox), inbox) };
  }

  /** Who holds this token, if his page may use the inbox. */
  async callerByToken(token: string, page: Page): Promise<VisitorCaller | null> {
    const session = await this.#store.sessions.findOne({ _id: hashOf(token) });
    if (!session) return null;
    if (!mayEmbed(await this.#parts.workspaces.inbox(session.inboxId), page.origin, page.sameOrigin))
      throw new DeskError('origin_not_allowed');
    const { _id: sessionId, workspaceId, inboxId, conversationId } = session;
    return { kind: 'visitor', role: 'visitor', workspaceId, inboxId, sessionId, conversationId, readAt: Date.now() };
  }

  async session(caller: VisitorCaller): Promise<SessionView> {
    return this.#view(await this.#session(caller), await this.#parts.workspaces.inbox(caller.inboxId));
  }

  /** Whether the conversation is the visitor's own, as of a minute ago at most: another tab may say that he is somebody else. */
  async owns(caller: VisitorCaller, conversationId: string): Promise<boolean> {
    if (caller.conversationId === conversationId && Date.now() - caller.readAt < ownedForMs) return true;
    caller.readAt = Date.now();
    caller.conversationId = (await this.#session(caller)).conversationId;
    return caller.conversationId === conversationId;
  }

  /** The first message: begins a conversation, or goes into the one that another tab or an earlier try has begun. */
  async start(caller: VisitorCaller, clientId: string, text: string, from?: string): Promise<Appended> {
    const session = await this.#session(caller);
    const current = session.conversationId ? await this.#parts.journal.state(session.conversationId) : null;
    if (session.conversationId && current?.status !== 'closed')
      return this.#write(session, session.conversationId, clientId, text, from);
    // Whoever sits here after somebody else must not meet what that one began, even under the same clientId.
    const conversationId = derivedId('chat', session.inboxId, session._id, session.externalId ?? '', clientId);
    const begun = await this.#store.sessions.updateOne(
      { _id: session._id, conversationId: session.conversationId },
      { $set: { conversationId } },
    );
    if (begun.matchedCount === 0) return this.start(caller, clientId, text, from);
    return this.#write({ ...session, conversationId }, conversationId, clientId, text, from);
  }

  /** As `start`, for whoever does not wait: an answer may go to the address he names. */
  async leaveMessage(caller: VisitorCaller, left: LeftMessage, from?: string): Promise<Appended> {
    const { contactId } = await this.#session(caller);
    await this.#parts.contacts.leaveAddress(contactId, left.address, left.name);
    return this.start(caller, left.clientId, left.text, from);
  }

  async send(
    caller: VisitorCaller,
    conversationId: string,
    clientId: string,
    text: string,
    from?: string,
  ): Promise<Appended> {
    const known = await this.#parts.journal.state(conversationId);
    if (known)
      return receive(this.#parts.journal, {
        conversationId,
        clientId: visitorPrefix(caller.sessionId) + clientId,
        author: visitor(known.contactId),
        message: { channel: 'chat', text },
        from,
      });
    return this.#write(await this.#session(caller), conversationId, clientId, text, from);
  }

  /** Takes the visitor for whom the company's server says he is. Somebody else than before begins anew: `left` is what he must not read. */
  async identify(caller: VisitorCaller, identityToken: string): Promise<{ session: SessionView; left: string | null }> {
    const inbox = await this.#parts.workspaces.inbox(caller.inboxId);
    const key = this.#parts.workspaces.identityKey(inbox);
    if (!key || !inbox.publicKey)
      throw new DeskError('unprocessable', { detail: 'This inbox takes no signed identities.' });
    const identity = await readIdentity(identityToken, key, inbox.publicKey);
    const contact = await this.#parts.contacts.meetSigned(inbox.workspaceId, identity);
    const { before, after } = await this.#become(caller, identity.externalId, contact._id);
    caller.conversationId = after.conversationId;
    const left = before.conversationId === after.conversationId ? null : before.conversationId;
    return { session: await this.#view(after, inbox), left };
  }

  /** A compare-and-set: another tab may begin a conversation meanwhile. */
  async #become(
    caller: VisitorCaller,
    externalId: string,
    contactId: string,
  ): Promise<{ before: VisitorSession; after: VisitorSession }> {
    const before = await this.#session(caller);
    const another = before.externalId !== null && before.externalId !== externalId;
    const kept = another ? null : before.conversationId;
    const conversationId = kept ?? (await this.#latestOf(contactId, caller.inboxId));
    const changes = { contactId, externalId, conversationId };
    const became = await this.#store.sessions.updateOne(
      { _id: before._id, conversationId: before.conversationId, externalId: before.externalId },
      { $set: changes },
    );
    if (became.matchedCount === 0) return this.#become(caller, externalId, contactId);
    if (kept) await recordIdentity(this.#parts.journal, kept, { contactId, proof: 'jwt' }).catch(unlessNeedless);
    return { before, after: { ...before, ...changes } };
  }

  async #begin(token: string, inbox: Inbox): Promise<VisitorSession> {
    const contact = await this.#parts.contacts.meetVisitor(inbox.workspaceId);
    const session: VisitorSession = {
      _id: hashOf(token),
      workspaceId: inbox.workspaceId,
      inboxId: inbox._id,
      contactId: contact._id,
      conversationId: null,
      externalId: null,
      createdAt: new Date(),
    };
    await this.#store.sessions.insertOne(session);
    return session;
  }

  async #session(caller: VisitorCaller): Promise<VisitorSession> {
    const session = await this.#store.sessions.findOne({ _id: caller.sessionId });
    if (!session) throw new DeskError('unauthenticated');
    return session;
  }

  async #write(
    session: VisitorSession,
    conversationId: string,
    clientId: string,
    text: string,
    from?: string,
  ): Promise<Appended> {
    const { workspaceId, brandId, teamId } = await this.#parts.workspaces.inbox(session.inboxId);
    const { inboxId, contactId } = session;
    const opening = { workspaceId, brandId, teamId, inboxId, contactId, channel: 'chat' } as const;
    return receive(this.#parts.journal, {
      conversationId,
      clientId: visitorPrefix(session._id) + clientId,
      author: visitor(contactId),
      message: { channel: 'chat', text },
      opening: { ...opening, ...(await this.#parts.openingPriority(opening)) },
      from,
    });
  }

  /** A proven customer goes on with his last chat, whatever device he comes from. */
  async #latestOf(contactId: string, inboxId: string): Promise<string | null> {
    const [latest] = await this.#parts.conversations.page(
      { contactId, inboxId, everInChat: true, status: { $ne: 'closed' } },
      { lastAt: -1 },
      1,
    );
    return latest?._id ?? null;
  }

  async #view(session: VisitorSession, inbox: Inbox): Promise<SessionView> {
    const { journal, contacts, workspaces, conversations, queue } = this.#parts;
    const contact = await contacts.get(session.contactId);
    const brand = await workspaces.brand(inbox.workspaceId, inbox.brandId);
    const state = session.conversationId ? await journal.current(session.conversationId) : null;
    const { name, address, proof } = contact
      ? contactView(contact)
      : { name: '', address: null, proof: 'none' as const };
    const conversation = state && {
      id: state._id,
      head: state.pub,
      seen: (await seenBy(conversations, state._id, 'customer')).position,
      place: await queue.placeOf(state),
    };
    const hours = await queue.opening(inbox.workspaceId, { inboxId: inbox._id, teamId: inbox.teamId });
    return { inbox: { name: inbox.name, brand: brand.name }, visitor: { name, address, proof }, hours, conversation };
  }
}

const visitor = (contactId: string): Actor => ({ kind: 'visitor', id: contactId });

/** It is known already, or the first message is still on its way: the next page that opens says it again. */
function unlessNeedless(error: unknown): void {
  if (!(error instanceof DeskError && (error.code === 'already_done' || error.code === 'not_found'))) throw error;
}
