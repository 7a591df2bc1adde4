import type { AgentEntry, MailHead, MailInvite } from '@helpline/protocol';
import type { FakeConversation } from './fake-conversation.js';
import { mailFromAna } from './people.js';

export const teaTasting: MailInvite = {
  method: 'request',
  summary: 'Tea tasting',
  start: '2026-12-24',
  end: '2026-12-25',
  repeats: false,
  location: 'Fox Lane 1',
  organizer: { address: 'ana@lima.example', name: 'Ana Lima' },
  answer: null,
};

/** Ana's mail, with more about it. */
export function mail(seq: number, head: Partial<MailHead> = {}, inline = false): AgentEntry {
  const entry = mailFromAna(seq);
  if (entry.type !== 'message' || !entry.payload.mail) throw new Error('This is no mail.');
  const attachments = entry.payload.attachments?.map((file) => ({ ...file, inline }));
  return { ...entry, payload: { ...entry.payload, attachments, mail: { ...entry.payload.mail, ...head } } };
}

/** From now on every mail's page says this. */
export function showsPage(chat: FakeConversation, body: string, remoteImages = 0): void {
  const page = new Blob([`<!doctype html><body style="margin:0;display:flow-root">${body}`], { type: 'text/html' });
  chat.mail = { url: URL.createObjectURL(page), remoteImages };
}
