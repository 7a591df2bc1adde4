import { sleep } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import type { Secrets } from '../../../platform/secrets.js';
import type { Grant, MailStore } from '../store.js';
import { say } from '../texts.js';
import * as ask from './ask-provider.js';
import type { Provider } from './providers.js';
import { NoToken, refusal } from './refusal.js';

interface Parts {
  store: MailStore;
  secrets: Secrets;
  providers: Provider[];
}

const minute = 60_000;
/** Whoever asks for a new token answers or gives up long before. */
const claimMs = minute;
const lookMs = 200;
const keepTries = 60;

/**
 * The access tokens of mailboxes, by which they are read and sent from. A new one is asked for by one process at a time,
 * for all nodes: many a provider takes the old refresh token no more once it has given a new one.
 */
export class MailboxTokens {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** One that is good for some minutes yet. Throws `NoToken`. */
  current(mailboxId: string): Promise<string> {
    return this.#obtain(mailboxId, isUsedUp);
  }

  /** One instead of that which a mail server has just refused. None where that came in this way itself: then it is not at fault. */
  async instead(mailboxId: string, refused: string): Promise<string | null> {
    const isRefused = (grant: Grant) => this.#accessToken(mailboxId, grant) === refused;
    const grant = await this.#grant(mailboxId);
    if (isRefused(grant) && grant.afterRefusal) return null;
    return this.#obtain(mailboxId, isRefused, { afterRefusal: true });
  }

  /** What is kept of tokens that a sign-in gave. */
  grantOf(
    mailboxId: string,
    provider: Provider,
    account: string,
    tokens: ask.Tokens & { refreshToken: string },
  ): Grant {
    return { provider: provider.id, account, ...this.#sealed(mailboxId, tokens, tokens.refreshToken) };
  }

  async #obtain(mailboxId: string, isOld: (grant: Grant) => boolean, because = {}): Promise<string> {
    for (;;) {
      const grant = await this.#grant(mailboxId);
      if (!isOld(grant)) return this.#accessToken(mailboxId, grant);
      if (grant.trouble && grant.trouble.until > new Date()) return this.#inTrouble(mailboxId, grant, grant.trouble);
      const provider = this.#provider(grant);
      const asked = performance.now();
      const isMine = await this.#claim(mailboxId, grant);
      const isHeldUp = performance.now() - asked > claimMs / 2; // by now another may be about to ask with the same token
      if (isMine && !isHeldUp) await this.#renew(mailboxId, provider, grant, because);
      else await sleep(lookMs);
    }
  }

  /** Throws if there is none that could be used. */
  async #grant(mailboxId: string): Promise<Grant> {
    const found = await this.#parts.store.mailboxes.findOne({ _id: mailboxId }, { projection: { grant: 1 } });
    if (!found?.grant) throw new NoToken(say('signin.none'), true);
    if (found.grant.ended) throw new NoToken(found.grant.ended, true);
    return found.grant;
  }

  /** What there is may still do for a while. */
  #inTrouble(mailboxId: string, grant: Grant, trouble: NonNullable<Grant['trouble']>): string {
    if (grant.expiresAt.getTime() - Date.now() > minute) return this.#accessToken(mailboxId, grant);
    throw new NoToken(trouble.detail, false);
  }

  /** By the database's clock, like leases. */
  async #claim(mailboxId: string, { serial }: Grant): Promise<boolean> {
    const nobodyAsks = { $lt: [{ $ifNull: ['$grant.claimedUntil', new Date(0)] }, '$$NOW'] };
    const claimed = await this.#parts.store.mailboxes.updateOne(
      { _id: mailboxId, 'grant.serial': serial, 'grant.ended': { $exists: false }, $expr: nobodyAsks },
      [{ $set: { 'grant.claimedUntil': { $add: ['$$NOW', claimMs] } } }],
    );
    return claimed.modifiedCount === 1;
  }

  async #renew(
    mailboxId: string,
    provider: Provider,
    grant: Grant,
    because: Pick<Grant, 'afterRefusal'>,
  ): Promise<void> {
    const old = this.#parts.secrets.open(grant.refreshToken, tokenPlace(mailboxId, 'refresh')).toString();
    const tokens = await ask
      .refresh(provider, old)
      .catch((error: unknown) => this.#note(mailboxId, grant, refusal(error, provider)));
    if (!tokens) return;
    const kept = this.#sealed(mailboxId, tokens, tokens.refreshToken ?? old);
    await this.#keep(mailboxId, grant, { provider: grant.provider, account: grant.account, ...kept, ...because });
  }

  /** The new token is nowhere else: a database that does not answer now is asked again. */
  async #keep(mailboxId: string, { serial }: Grant, renewed: Grant): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#parts.store.mailboxes.updateOne(
          { _id: mailboxId, 'grant.serial': serial },
          { $set: { grant: renewed } },
        );
        return;
      } catch (error) {
        if (tries === keepTries) throw error;
        await sleep(1_000);
      }
    }
  }

  /** Nothing is noted of a grant that was replaced meanwhile. */
  async #note(mailboxId: string, { serial, trouble }: Grant, { message, isOver }: NoToken): Promise<null> {
    const tries = (trouble?.tries ?? 0) + 1;
    const until = new Date(Date.now() + Math.min(10 * minute, 5_000 * 2 ** tries));
    await this.#parts.store.mailboxes.updateOne(
      { _id: mailboxId, 'grant.serial': serial },
      {
        $set: isOver ? { 'grant.ended': message } : { 'grant.trouble': { until, detail: message, tries } },
        $unset: { 'grant.claimedUntil': 1 },
      },
    );
    return null;
  }

  #provider({ provider }: Grant): Provider {
    const found = this.#parts.providers.find(({ id }) => id === provider);
    if (!found) throw new NoToken(say('signin.not_set_up'), false);
    return found;
  }

  #accessToken(mailboxId: string, { accessToken }: Grant): string {
    return this.#parts.secrets.open(accessToken, tokenPlace(mailboxId, 'access')).toString();
  }

  #sealed(mailboxId: string, { accessToken, expiresAt }: ask.Tokens, refreshToken: string) {
    const seal = (token: string, kind: 'access' | 'refresh') =>
      this.#parts.secrets.seal(token, tokenPlace(mailboxId, kind));
    return {
      serial: newId(),
      accessToken: seal(accessToken, 'access'),
      refreshToken: seal(refreshToken, 'refresh'),
      obtainedAt: new Date(),
      expiresAt,
    };
  }
}

/** A token is not used to its last moment: clocks differ. */
function isUsedUp({ obtainedAt, expiresAt }: Grant): boolean {
  const lifeMs = expiresAt.getTime() - obtainedAt.getTime();
  return expiresAt.getTime() - Date.now() < Math.min(5 * minute, lifeMs / 10);
}

/** Who may open a token is decided by its place. */
export const tokenPlace = (mailboxId: string, kind: 'access' | 'refresh'): string => `${mailboxId}:token:${kind}`;
