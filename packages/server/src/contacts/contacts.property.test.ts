import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Contacts } from './contacts.js';
import type { Contact } from './store.js';

let database: OpenDatabase;
let contacts: Contacts;
beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('contacts-property'));
  contacts = new Contacts(database.db);
  await contacts.prepare();
});
afterAll(() => database.close());

const address = fc.constantFrom('ana@home.example', 'ANA@home.example', 'ana@work.example', 'ben@home.example');
const meeting = fc.oneof(
  fc.record({ by: fc.constant('mail' as const), address }),
  fc.record({ by: fc.constant('token' as const), externalId: fc.constantFrom('7', '8'), email: fc.option(address) }),
  fc.record({ by: fc.constant('proof' as const), address }),
);

const strength = ['none', 'cookie', 'agent', 'code', 'mail_reply', 'jwt'];

/** Contacts are not merged yet; what a merge will have to keep is this. */
test('however people are met, one after the other or at once, nobody is two and no proof grows weaker', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(meeting, { minLength: 1, maxLength: 3 }), { maxLength: 5 }), async (rounds) => {
      const workspaceId = newId();
      const byToken = new Map<string, string>();
      let before: Contact[] = [];
      for (const atOnce of rounds) {
        await Promise.all(
          atOnce.map(async (one) => {
            if (one.by === 'mail') await contacts.meetByMail(workspaceId, one.address, 'Ana');
            else if (one.by === 'token') {
              const met = await contacts.meetSigned(workspaceId, { ...one, name: null });
              expect(byToken.get(one.externalId) ?? met._id).toBe(met._id);
              byToken.set(one.externalId, met._id);
            } else {
              const { _id } = await contacts.meetByMail(workspaceId, one.address, 'Ana');
              await contacts.prove(_id, one.address, 'mail_reply');
            }
          }),
        );
        const now = await database.db.collection<Contact>('contacts').find({ workspaceId }).toArray();
        const known = now.flatMap(({ identities }) => identities.map(({ kind, value }) => `${kind}:${value}`));
        expect(new Set(known).size).toBe(known.length);
        for (const { identities } of now)
          expect(identities.filter(({ kind }) => kind === 'external').length).toBeLessThanOrEqual(1);
        for (const { _id, identities } of before)
          for (const { kind, value, proof } of identities) {
            const kept = now
              .find((one) => one._id === _id)
              ?.identities.find((one) => one.kind === kind && one.value === value);
            expect(strength.indexOf(kept?.proof ?? '')).toBeGreaterThanOrEqual(strength.indexOf(proof));
          }
        before = now;
      }
    }),
    { numRuns: 25 },
  );
});
