import type { MailboxSignIn, SignInProvider } from '@helpline/protocol';
import { generateRandomCodeVerifier } from 'oauth4webapi';
import { normalAddress } from '../../../contacts/index.js';
import type { Collection, Database } from '../../../platform/database.js';
import type { AgentCaller } from '../../../platform/doors.js';
import { DeskError, notFound } from '../../../platform/errors.js';
import { hashOf, newSecret } from '../../../platform/ids.js';
import type { Sealed, Secrets } from '../../../platform/secrets.js';
import { visibleFilter } from '../../../platform/visibility.js';
import {
  type ConnectParts,
  checkNew,
  connectMailbox,
  type MailServers,
  mailboxIdOf,
  setServers,
} from '../connect-mailbox.js';
import type { Mailbox } from '../store.js';
import { say } from '../texts.js';
import { type Begun, type SignedIn, signedIn, signInPage } from './ask-provider.js';
import type { Provider } from './providers.js';
import { refusal } from './refusal.js';

/** Somebody was sent to a provider's page. */
interface Attempt {
  /** The hash of its state. */
  _id: string;
  workspaceId: string;
  /** Only he may come back with the answer. */
  agentId: string;
  provider: SignInProvider;
  verifier: Sealed;
  mailboxId: string;
  address: string;
  /** Of a mailbox that is to be connected. */
  settings: Omit<MailboxSignIn, 'provider'> | null;
  expiresAt: Date;
}

export interface SignInParts extends ConnectParts {
  db: Database;
  secrets: Secrets;
  providers: Provider[];
  /** The address of ours to which providers send the browser back. */
  redirectUri: string;
}

const validMs = 15 * 60_000;

/** Sign-ins at providers in place of passwords, from the button in the console until the mailbox is connected. */
export class SignIns {
  readonly #parts: SignInParts;
  readonly #attempts: Collection<Attempt>;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#attempts = parts.db.collection<Attempt>('mail_sign_ins');
  }

  async prepare(): Promise<void> {
    await this.#attempts.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  }

  get providers(): SignInProvider[] {
    return this.#parts.providers.map(({ id }) => id);
  }

  /** Gives the page to go to, for a new mailbox. */
  async begin(caller: AgentCaller, { provider, ...settings }: MailboxSignIn): Promise<string> {
    await checkNew(this.#parts, caller.workspaceId, settings);
    const address = normalAddress(settings.address);
    const mailboxId = mailboxIdOf(caller.workspaceId, address);
    return this.#begin(caller, provider, { mailboxId, address, settings });
  }

  /** The same for one that is connected. */
  async beginAgain(caller: AgentCaller, mailboxId: string, provider: SignInProvider): Promise<string> {
    const mine = { _id: mailboxId, ...visibleFilter(caller.visibility) };
    const mailbox = await this.#parts.store.mailboxes.findOne(mine);
    if (!mailbox) throw notFound();
    return this.#begin(caller, provider, { mailboxId, address: mailbox.address, settings: null });
  }

  /** Connects the mailbox with what the provider answered. Throws `unprocessable` or `mailbox_unreachable` with what is wrong in words. */
  async finish(caller: AgentCaller, answer: string): Promise<Mailbox> {
    const query = new URLSearchParams(answer);
    const state = query.get('state') ?? '';
    const attempt = await this.#take(caller, state);
    const provider = this.#provider(attempt.provider);
    const signed = await signedIn(provider, this.#begun(attempt, state), query).catch((error: unknown) => {
      throw wrong(refusal(error, provider, 'signin.used').message);
    });
    const servers = this.#servers(provider, attempt, signed);
    return this.#use(caller, attempt, servers).catch((error: unknown) => {
      throw isOther(attempt, signed) ? withAccount(error, provider, attempt, signed) : error;
    });
  }

  #use(caller: AgentCaller, { settings, mailboxId }: Attempt, servers: MailServers): Promise<Mailbox> {
    return settings
      ? connectMailbox(this.#parts, caller.workspaceId, { ...settings, ...servers })
      : setServers(this.#parts, caller.visibility, mailboxId, servers);
  }

  async #begin(
    { workspaceId, agentId }: AgentCaller,
    id: SignInProvider,
    about: Pick<Attempt, 'mailboxId' | 'address' | 'settings'>,
  ): Promise<string> {
    const provider = this.#provider(id);
    const state = newSecret();
    const verifier = generateRandomCodeVerifier();
    const _id = hashOf(state);
    await this.#attempts.insertOne({
      ...about,
      _id,
      workspaceId,
      agentId,
      provider: id,
      verifier: this.#parts.secrets.seal(verifier, placeOf(_id)),
      expiresAt: new Date(Date.now() + validMs),
    });
    return signInPage(provider, { state, verifier, redirectUri: this.#parts.redirectUri }, about.address);
  }

  /** Each is good once, for who began it. */
  async #take({ workspaceId, agentId }: AgentCaller, state: string): Promise<Attempt> {
    const own = { _id: hashOf(state), workspaceId, agentId, expiresAt: { $gt: new Date() } };
    const attempt = await this.#attempts.findOneAndDelete(own);
    if (!attempt) throw wrong(say('signin.used'));
    return attempt;
  }

  #begun({ _id, verifier }: Attempt, state: string): Begun {
    const { secrets, redirectUri } = this.#parts;
    return { state, redirectUri, verifier: secrets.open(verifier, placeOf(_id)).toString() };
  }

  #servers(provider: Provider, attempt: Attempt, signed: SignedIn): MailServers {
    const { mailboxId, address } = attempt;
    const { tokens, account, missing } = signed;
    const { refreshToken, accessToken } = tokens;
    if (missing.length > 0 || !refreshToken) throw wrong(say('signin.not_whole', { provider: provider.name }));
    if (isOther(attempt, signed) && !provider.hasSharedMailboxes) throw wrong(otherAccount(provider, attempt, signed));
    const login = { user: address, accessToken };
    return {
      imap: { ...provider.imap, ...login },
      smtp: { ...provider.smtp, ...login },
      grant: this.#parts.reach.tokens.grantOf(mailboxId, provider, account, { ...tokens, refreshToken }),
    };
  }

  #provider(id: SignInProvider): Provider {
    const found = this.#parts.providers.find((provider) => provider.id === id);
    if (!found) throw wrong(say('signin.not_set_up'));
    return found;
  }
}

const placeOf = (attemptId: string): string => `sign-in:${attemptId}`;

const isOther = ({ address }: Attempt, { account }: SignedIn): boolean => normalAddress(account) !== address;

const otherAccount = ({ name: provider }: Provider, { address }: Attempt, { account }: SignedIn): string =>
  say('signin.other_account', { provider, account, address });

/** Where the mail servers let nobody in, it is most likely because of the account. */
function withAccount(error: unknown, ...about: Parameters<typeof otherAccount>): unknown {
  const errors = error instanceof DeskError ? (error.details.errors ?? []) : [];
  const isLogin = errors.some(({ pointer }) => pointer.endsWith('/user'));
  if (!(error instanceof DeskError) || !isLogin) return error;
  return new DeskError(error.code, { ...error.details, detail: `${otherAccount(...about)} ${error.message}` });
}

const wrong = (detail: string): DeskError => new DeskError('unprocessable', { detail });
