import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Contacts } from './contacts.js';
import { addressForAnswers, contactView, provenAddress } from './rules.js';
import type { Contact } from './store.js';

let database: OpenDatabase;
let contacts: Contacts;

beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('contacts'));
  contacts = new Contacts(database.db);
  await contacts.prepare();
});

afterAll(() => database.close());

const signed = (externalId: string, email: string | null = null, name: string | null = null) => ({
  externalId,
  email,
  name,
});
const fresh = async (contact: Contact) => (await contacts.get(contact._id)) ?? contact;

describe('whoever writes a mail', () => {
  test('is the same contact whatever the case of his address, in his own workspace', async () => {
    const once = await contacts.meetByMail('shop', 'Mia@Example.com', 'Mia');
    expect((await contacts.meetByMail('shop', ' mia@example.COM', ''))._id).toBe(once._id);
    expect((await contacts.meetByMail('other', 'mia@example.com', 'Mia'))._id).not.toBe(once._id);
    expect(contactView(once)).toMatchObject({ name: 'Mia', address: 'mia@example.com', proof: 'none' });
  });

  test('from another’s address is somebody else, always the same, who has no address', async () => {
    const real = await contacts.meetByMail('shop', 'ivy@example.com', 'Ivy');
    const forger = await contacts.meetClaimed('shop', 'Ivy@example.com', 'Ivy');
    expect(forger._id).not.toBe(real._id);
    expect((await contacts.meetClaimed('shop', 'ivy@example.com', ''))._id).toBe(forger._id);
    expect(contactView(forger)).toMatchObject({ name: 'Ivy', address: null, proof: 'none' });
    expect((await contacts.meetByMail('shop', 'ivy@example.com', ''))._id).toBe(real._id);
  });

  test('on two nodes at once is one contact', async () => {
    const met = await Promise.all(
      Array.from({ length: 8 }, () => contacts.meetByMail('shop', 'noah@example.com', 'Noah')),
    );
    expect(new Set(met.map(({ _id }) => _id)).size).toBe(1);
  });

  test('has no proven address until he has shown that it is his', async () => {
    const lea = await contacts.meetByMail('shop', 'lea@example.com', 'Lea');
    expect(provenAddress(lea)).toBeNull();
    await contacts.prove(lea._id, 'someone-else@example.com', 'mail_reply');
    expect(provenAddress(await fresh(lea))).toBeNull();
    await contacts.prove(lea._id, 'LEA@example.com', 'mail_reply');
    expect(provenAddress(await fresh(lea))).toBe('lea@example.com');
    await contacts.prove(lea._id, 'lea@example.com', 'none');
    expect(provenAddress(await fresh(lea))).toBe('lea@example.com');
  });
});

describe('an address that a visitor left', () => {
  test('is where he may be answered, though it proves nothing', async () => {
    const visitor = await contacts.meetVisitor('shop');
    await contacts.leaveAddress(visitor._id, 'Mia@Example.com', 'Mia');
    const mia = await fresh(visitor);
    expect(contactView(mia)).toMatchObject({ name: 'Mia', address: 'mia@example.com', proof: 'cookie' });
    expect([provenAddress(mia), addressForAnswers(mia)]).toEqual([null, 'mia@example.com']);
  });

  test('opens nothing of whose address it is, and gives way to a proven one', async () => {
    const eva = await contacts.meetSigned('shop', signed('customer-9', 'eva9@example.com', 'Eva'));
    const { _id } = await contacts.meetVisitor('shop');
    await contacts.leaveAddress(_id, 'eva9@example.com', 'Mallory');
    expect((await contacts.meetByMail('shop', 'eva9@example.com', ''))._id).toBe(eva._id);
    await contacts.leaveAddress(eva._id, 'elsewhere@example.com', 'Mallory');
    const still = await fresh(eva);
    expect([still.name, addressForAnswers(still)]).toEqual(['Eva', 'eva9@example.com']);
  });
});

describe('whoever the company signs for', () => {
  test('is whoever wrote from that address before', async () => {
    const eva = await contacts.meetByMail('shop', 'eva@example.com', 'Eva');
    const known = await contacts.meetSigned('shop', signed('customer-1', 'Eva@example.com', 'Eva Lind'));
    expect(known).toMatchObject({ _id: eva._id, name: 'Eva Lind' });
    expect(provenAddress(known)).toBe('eva@example.com');
    expect((await contacts.meetSigned('shop', signed('customer-1')))._id).toBe(eva._id);
    expect((await contacts.meetSigned('other', signed('customer-1')))._id).not.toBe(eva._id);
  });

  test('is never somebody else with the same address, nor gets that address', async () => {
    const first = await contacts.meetSigned('shop', signed('customer-2', 'family@example.com'));
    const second = await contacts.meetSigned('shop', signed('customer-3', 'family@example.com'));
    expect(second._id).not.toBe(first._id);
    expect([provenAddress(first), provenAddress(second)]).toEqual(['family@example.com', null]);
  });

  test('for two at once with one address nobody knew to be either’s, they stay two', async () => {
    await contacts.meetByMail('shop', 'shared@example.com', '');
    const ids = ['customer-4', 'customer-5', 'customer-4', 'customer-5'];
    const met = await Promise.all(ids.map((id) => contacts.meetSigned('shop', signed(id, 'shared@example.com'))));
    expect(met[0]?._id).toBe(met[2]?._id);
    expect(met[1]?._id).toBe(met[3]?._id);
    expect(met[0]?._id).not.toBe(met[1]?._id);
  });
});

describe('an address that mails do no good to', () => {
  const dead = { kind: 'undeliverable', at: new Date('2026-03-01') } as const;
  const complaint = { kind: 'complained', at: new Date('2026-03-02') } as const;

  test('is marked beside its contact, until somebody writes from there', async () => {
    const ida = await contacts.meetByMail('shop', 'ida@example.com', 'Ida');
    await contacts.markTrouble('other', 'ida@example.com', dead);
    expect(contactView(await fresh(ida)).mailTrouble).toBeUndefined();
    await contacts.markTrouble('shop', 'IDA@example.com', dead);
    expect(contactView(await fresh(ida)).mailTrouble).toEqual({ kind: 'undeliverable', at: dead.at.toISOString() });
    expect(await contacts.troubleOf('shop', 'Ida@example.com')).toEqual(dead);
    await contacts.clearUndeliverable('shop', 'ida@example.com');
    expect(await contacts.troubleOf('shop', 'ida@example.com')).toBeNull();
  });

  test('stays marked by a complaint, until somebody takes it back', async () => {
    const una = await contacts.meetByMail('shop', 'una@example.com', 'Una');
    await contacts.markTrouble('shop', 'una@example.com', complaint);
    await contacts.markTrouble('shop', 'una@example.com', dead);
    await contacts.clearUndeliverable('shop', 'una@example.com');
    expect(await contacts.troubleOf('shop', 'una@example.com')).toEqual(complaint);
    await contacts.clearTrouble(una._id);
    expect(await contacts.troubleOf('shop', 'una@example.com')).toBeNull();
  });
});
