import type { Actor } from '@helpline/protocol';
import { agentEntry, visitorEntry } from '@helpline/protocol/schemas';
import { describe, expect, test } from 'vitest';
import type { Draft, Entry } from '../journal/index.js';
import { agentPrefix, forAgent, forVisitor, visitorPrefix } from './present.js';

const ben: Actor = { kind: 'agent', id: 'ben-id', name: 'Ben' };
const mia: Actor = { kind: 'visitor', id: 'mia-id', name: 'Mia' };
const system: Actor = { kind: 'system', id: 'helpline', name: 'rule 7' };

const entry = (draft: Draft, clientId = 'visitor:mias-session:c1'): Entry => ({
  ...draft,
  _id: 'entry-id',
  workspaceId: 'shop-id',
  conversationId: 'conversation-id',
  seq: 41,
  pub: 7,
  clientId,
  hash: 'hash-of-it',
  v: 1,
  at: new Date('2026-11-22T10:00:00Z'),
});

const attachment = { fileId: 'file-id', filename: 'plan.pdf', mimeType: 'application/pdf', size: 12, inline: false };
const mail = {
  messageId: 'message-id',
  subject: 'Plan',
  from: { address: 'mia@example.com', name: 'Mia' },
  to: [],
  cc: [],
  replyTo: null,
  date: null,
  mailClass: 'reply',
  references: [],
  htmlFileId: 'html-id',
};
const opening = {
  workspaceId: 'shop-id',
  brandId: 'brand-id',
  inboxId: 'inbox-id',
  teamId: null,
  contactId: 'mia-id',
  channel: 'email',
} as const;
const written = entry({
  type: 'message',
  audience: 'public',
  actor: mia,
  payload: {
    channel: 'email',
    text: 'Hello',
    mail,
    opening,
    attachments: [attachment, { ...attachment, inline: true }],
  },
});

describe('a visitor is shown', () => {
  test('of a mail only its text and the names of its files', () => {
    expect(forVisitor(written, visitorPrefix('mias-session'))).toEqual({
      n: 7,
      at: '2026-11-22T10:00:00.000Z',
      from: { kind: 'you', name: '' },
      clientId: 'c1',
      type: 'message',
      text: 'Hello',
      channel: 'email',
      attachments: [{ filename: 'plan.pdf', size: 12 }],
    });
  });

  test('the clientId of his own writing only', () => {
    expect(forVisitor(written, null)).not.toHaveProperty('clientId');
    expect(forVisitor(written, visitorPrefix('mias'))).not.toHaveProperty('clientId');
    expect(forVisitor(written, visitorPrefix('another-session'))).not.toHaveProperty('clientId');
  });

  test.each([
    [
      { type: 'message', audience: 'public', actor: ben, payload: { channel: 'chat', text: 'Hi' } },
      { from: { kind: 'agent', name: 'Ben' } },
    ],
    [
      { type: 'message', audience: 'public', actor: system, payload: { channel: 'chat', text: 'Hi' } },
      { from: { kind: 'system', name: '' } },
    ],
    [
      { type: 'status', audience: 'public', actor: ben, payload: { to: 'resolved' } },
      { type: 'status', to: 'resolved' },
    ],
    [{ type: 'status', audience: 'public', actor: ben, payload: { to: 'snoozed' } }, { type: 'unknown' }],
    [
      { type: 'redacted', audience: 'public', actor: ben, payload: { of: 41, ofPub: 7 } },
      { type: 'redacted', of: 7 },
    ],
    [{ type: 'redacted', audience: 'public', actor: ben, payload: { of: 41, ofPub: null } }, { type: 'unknown' }],
    [
      {
        type: 'delivery',
        audience: 'public',
        actor: system,
        payload: { of: 41, state: 'sent', to: ['mia@example.com'], messageId: 'message-id' },
      },
      { type: 'unknown' },
    ],
  ] satisfies [Draft, object][])('%o as his own kind of entry', (draft, shown) => {
    const seen = forVisitor(entry(draft), null);
    expect(seen).toMatchObject(shown);
    expect(visitorEntry.parse(seen)).toEqual(seen);
    expect(JSON.stringify(seen)).not.toMatch(/-id|hash|41|seq|rule 7|mia@/);
  });

  test('what a newer version wrote as something unknown, with its number', () => {
    expect(forVisitor({ ...written, v: 99 }, null)).toMatchObject({ n: 7, type: 'unknown' });
    expect(forAgent({ ...written, v: 99 }, null)).toMatchObject({ seq: 41, type: 'unknown', payload: null });
  });
});

test('an agent is shown all of it but the clientIds of others', () => {
  const seen = forAgent(written, agentPrefix('ben-id'));
  expect(agentEntry.parse(seen)).toEqual(seen);
  expect(seen).toMatchObject({ id: 'entry-id', seq: 41, actor: mia, payload: { mail } });
  expect(seen).not.toHaveProperty('clientId');
  expect(forAgent({ ...written, clientId: 'agent:ben-id:c9' }, agentPrefix('ben-id')).clientId).toBe('c9');
});
