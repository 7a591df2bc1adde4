import type { Proof } from '@helpline/protocol';
import { type Database, isDuplicateKey, refusedAsDuplicates } from '../platform/database.js';
import { Gathered } from '../platform/gathered.js';
import { grouped } from '../platform/grouped.js';
import { derivedId, newId } from '../platform/ids.js';
import { normalAddress } from './rules.js';
import { type Contact, ContactStore, type Identity, type Trouble } from './store.js';

/** Who the company's server says a visitor is. */
export interface SignedIdentity {
  externalId: string;
  email: string | null;
  name: string | null;
}

/** Whoever has the identity, or else somebody new. */
interface Wanted {
  workspaceId: string;
  identity: Identity;
  name: string;
}

interface Address {
  workspaceId: string;
  address: string;
}

/** The customers, and what they are known by. */
export class Contacts {
  readonly #store: ContactStore;
  readonly #vipChanged: (() => void)[] = [];
  readonly #met = new Gathered((wanted: Wanted[]) => this.#findOrAddAll(wanted));
  readonly #alive = new Gathered((addresses: Address[]) => this.#clearAll(addresses));

  constructor(db: Database) {
    this.#store = new ContactStore(db);
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  /** Somebody new in the chat, of whom nothing is known. */
  async meetVisitor(workspaceId: string): Promise<Contact> {
    const contact: Contact = { _id: newId(), workspaceId, name: '', identities: [], createdAt: new Date() };
    await this.#store.contacts.insertOne(contact);
    return contact;
  }

  /** Whoever writes from this address; anybody can write any address there, so it proves nothing. */
  async meetByMail(workspaceId: string, address: string, name: string): Promise<Contact> {
    return this.#findOrAdd(workspaceId, { kind: 'email', value: normalAddress(address), proof: 'none' }, name);
  }

  /** Whoever says that he writes from this address and does not: somebody else than whose address it is, always the same. */
  async meetClaimed(workspaceId: string, address: string, name: string): Promise<Contact> {
    const claims = normalAddress(address);
    const _id = derivedId('contact', workspaceId, 'claimed', claims);
    const contact: Contact = { _id, workspaceId, name: name || address, identities: [], createdAt: new Date(), claims };
    await this.#store.contacts.updateOne({ _id }, { $setOnInsert: contact }, { upsert: true });
    return (await this.get(_id)) ?? contact;
  }

  /**
   * Whoever a token signed by the company names: by the company's own id, else by an address that nobody else with such
   * an id has. The address counts as proven.
   */
  async meetSigned(workspaceId: string, signed: SignedIdentity): Promise<Contact> {
    const { externalId, email, name } = signed;
    const external: Identity = { kind: 'external', value: externalId, proof: 'jwt' };
    const known = await this.#find(workspaceId, external);
    const byAddress = !known && email ? await this.#findByAddress(workspaceId, email) : null;
    const unclaimed = byAddress?.identities.every(({ kind }) => kind !== 'external') ? byAddress : null;
    if (unclaimed && !(await this.#claim(unclaimed, external))) return this.meetSigned(workspaceId, signed);
    const contact = known ?? unclaimed ?? (await this.#findOrAdd(workspaceId, external, name ?? ''));
    if (email) {
      await this.#addIdentity(contact, { kind: 'email', value: normalAddress(email), proof: 'jwt' });
      await this.prove(contact._id, email, 'jwt');
    }
    if (name) await this.#store.contacts.updateOne({ _id: contact._id }, { $set: { name } });
    return (await this.get(contact._id)) ?? contact;
  }

  /** He asks to be answered there, and says what he is called, where nobody knew that. */
  async leaveAddress(contactId: string, address: string, name: string): Promise<void> {
    await this.#store.contacts.updateOne({ _id: contactId }, { $set: { leftAddress: normalAddress(address) } });
    if (name) await this.#store.contacts.updateOne({ _id: contactId, name: '' }, { $set: { name } });
  }

  /** The address was shown to be the contact's own. */
  async prove(contactId: string, address: string, proof: Proof): Promise<void> {
    const weaker: Proof[] =
      proof === 'jwt' ? ['none', 'cookie', 'agent', 'code', 'mail_reply'] : ['none', 'cookie', 'agent'];
    await this.#store.contacts.updateOne(
      {
        _id: contactId,
        identities: { $elemMatch: { kind: 'email', value: normalAddress(address), proof: { $in: weaker } } },
      },
      { $set: { 'identities.$.proof': proof } },
    );
  }

  /** Mails to the address are no good. A complaint weighs more than a dead address, whichever came first. */
  async markTrouble(workspaceId: string, address: string, trouble: Trouble): Promise<void> {
    const lesser = trouble.kind === 'complained' ? {} : { 'one.trouble.kind': { $ne: 'complained' } };
    await this.#changeAddress(workspaceId, address, { $set: { 'identities.$[one].trouble': trouble } }, lesser);
  }

  /** He wrote from there, so somebody lives there; a complaint stays. */
  async clearUndeliverable(workspaceId: string, address: string): Promise<void> {
    await this.#alive.ask({ workspaceId, address: normalAddress(address) });
  }

  /** Null while mails to the address are fine, as far as is known. */
  async troubleOf(workspaceId: string, address: string): Promise<Trouble | null> {
    const identity = { kind: 'email' as const, value: normalAddress(address) };
    const contact = await this.#find(workspaceId, identity);
    return contact?.identities.find(({ kind, value }) => kind === 'email' && value === identity.value)?.trouble ?? null;
  }

  /** Somebody knows better: mails to him are fine. */
  async clearTrouble(contactId: string): Promise<void> {
    await this.#store.contacts.updateOne({ _id: contactId }, { $unset: { 'identities.$[].trouble': true } });
  }

  /** He wants to hear nothing from us, or he does again. */
  async setDoNotContact(contactId: string, doNotContact: boolean): Promise<void> {
    const unset = { $unset: { doNotContact: true } } as const;
    if (!doNotContact) await this.#store.contacts.updateOne({ _id: contactId }, unset);
    else
      await this.#store.contacts.updateOne(
        { _id: contactId, doNotContact: { $exists: false } },
        { $set: { doNotContact: new Date() } },
      );
  }

  async setVip(contactId: string, vip: boolean): Promise<void> {
    const change = vip ? ({ $set: { vip: true } } as const) : ({ $unset: { vip: true } } as const);
    await this.#store.contacts.updateOne({ _id: contactId }, change);
    for (const listener of this.#vipChanged) listener();
  }

  /** A hint that somebody is a VIP now, or no longer. */
  onVip(listener: () => void): void {
    this.#vipChanged.push(listener);
  }

  async vips(workspaceId: string): Promise<ReadonlySet<string>> {
    const found = this.#store.contacts.find({ workspaceId, vip: true }).project<Pick<Contact, '_id'>>({ _id: 1 });
    return new Set((await found.toArray()).map(({ _id }) => _id));
  }

  /** Those of the addresses that nothing may be sent to. Asked before anything goes out: when it is written, and again when it is sent. */
  async refusing(workspaceId: string, addresses: string[]): Promise<string[]> {
    const asked = new Set(addresses.map(normalAddress));
    const value = { $in: [...asked] };
    const such = { identities: { $elemMatch: { kind: 'email' as const, value } }, 'identities.value': value };
    const found = await this.#store.contacts.find({ workspaceId, ...such, doNotContact: { $exists: true } }).toArray();
    return found.flatMap(({ identities }) => identities.map((one) => one.value).filter((one) => asked.has(one)));
  }

  get(contactId: string): Promise<Contact | null> {
    return this.#store.contacts.findOne({ _id: contactId });
  }

  async byIds(ids: string[]): Promise<Map<string, Contact>> {
    const found = await this.#store.contacts.find({ _id: { $in: ids } }).toArray();
    return new Map(found.map((contact) => [contact._id, contact]));
  }

  #findOrAdd(workspaceId: string, identity: Identity, name: string): Promise<Contact> {
    return this.#met.ask({ workspaceId, identity, name });
  }

  /** The id is derived from the identity, so two nodes that meet somebody at once make one contact. */
  async #findOrAddAll(wanted: Wanted[]): Promise<(one: Wanted) => Contact> {
    const known = await this.#findAll(wanted);
    const missing = new Map<string, Contact>();
    for (const one of wanted)
      if (!known.has(keyOf(one)) && !missing.has(keyOf(one))) missing.set(keyOf(one), made(one));
    if (missing.size > 0) {
      const contacts = [...missing.values()];
      const added = await this.#store.contacts
        .insertMany(contacts, { ordered: false })
        .then(() => true, refusedAsDuplicates);
      if (added !== true) return this.#findOrAddAll(wanted);
    }
    return (one) => known.get(keyOf(one)) ?? missing.get(keyOf(one)) ?? made(one);
  }

  /** By what they were looked for. */
  async #findAll(wanted: Wanted[]): Promise<Map<string, Contact>> {
    const value = { $in: [...new Set(wanted.map(({ identity }) => identity.value))] };
    const workspaceId = { $in: [...new Set(wanted.map((one) => one.workspaceId))] };
    const kind = { $in: [...new Set(wanted.map(({ identity }) => identity.kind))] };
    const such = { identities: { $elemMatch: { kind, value } }, 'identities.value': value };
    const found = await this.#store.contacts.find({ workspaceId, ...such }).toArray();
    return new Map(
      found.flatMap((contact) => contact.identities.map((identity) => [keyOf({ ...contact, identity }), contact])),
    );
  }

  async #clearAll(addresses: Address[]): Promise<() => void> {
    for (const [workspaceId, some] of grouped(addresses, (one) => one.workspaceId)) {
      const value = { $in: [...new Set(some.map(({ address }) => address))] };
      const dead = { kind: 'email' as const, value, 'trouble.kind': 'undeliverable' as const };
      await this.#store.contacts.updateMany(
        { workspaceId, identities: { $elemMatch: dead }, 'identities.value': value },
        { $unset: { 'identities.$[one].trouble': true } },
        { arrayFilters: [{ 'one.kind': 'email', 'one.value': value, 'one.trouble.kind': 'undeliverable' }] },
      );
    }
    return () => {};
  }

  #find(workspaceId: string, { kind, value }: Pick<Identity, 'kind' | 'value'>): Promise<Contact | null> {
    // Told twice, since MongoDB sees only in the second that the index holds whoever has an identity.
    const such = { identities: { $elemMatch: { kind, value } }, 'identities.value': value };
    return this.#store.contacts.findOne({ workspaceId, ...such });
  }

  #findByAddress(workspaceId: string, address: string): Promise<Contact | null> {
    return this.#find(workspaceId, { kind: 'email', value: normalAddress(address) });
  }

  async #changeAddress(workspaceId: string, address: string, how: object, such: object): Promise<void> {
    const value = normalAddress(address);
    const one = { 'one.kind': 'email', 'one.value': value, ...such };
    await this.#store.contacts.updateOne({ workspaceId, 'identities.value': value }, how, { arrayFilters: [one] });
  }

  /** False if somebody else was faster, with this contact or with this id. */
  async #claim(contact: Contact, external: Identity): Promise<boolean> {
    return this.#push(contact._id, { kind: 'external' }, external);
  }

  /** Unless it is another contact's already: only a merge may change that. */
  async #addIdentity(contact: Contact, identity: Identity): Promise<void> {
    await this.#push(contact._id, { kind: identity.kind, value: identity.value }, identity);
  }

  /** Adds the identity to a contact that has none such; says whether it was added. */
  async #push(contactId: string, such: Partial<Identity>, identity: Identity): Promise<boolean> {
    try {
      const pushed = await this.#store.contacts.updateOne(
        { _id: contactId, identities: { $not: { $elemMatch: such } } },
        { $push: { identities: identity } },
      );
      return pushed.modifiedCount === 1;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }
}

const keyOf = ({ workspaceId, identity }: Pick<Wanted, 'workspaceId' | 'identity'>): string =>
  JSON.stringify([workspaceId, identity.kind, identity.value]);

const made = ({ workspaceId, identity, name }: Wanted): Contact => ({
  _id: derivedId('contact', workspaceId, identity.kind, identity.value),
  workspaceId,
  name,
  identities: [identity],
  createdAt: new Date(),
});
