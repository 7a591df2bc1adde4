import { Readable } from 'node:stream';
import type { Attachment } from '@helpline/protocol';
import { reply } from '../../../conversations/index.js';
import type { Entry } from '../../../journal/index.js';
import { newId } from '../../../platform/ids.js';
import { agent, type EmailDesk, workspaceId } from './email-desk.js';

export interface GivenFile {
  name: string;
  content: Buffer;
  inline?: boolean;
}

/** Uploads files and answers with them, as an agent's console does. */
export async function answerWithFiles(
  { parts: { uploads, journal } }: EmailDesk,
  conversationId: string,
  text: string,
  given: GivenFile[],
): Promise<{ entry: Entry; attachments: Attachment[] }> {
  const by = { workspaceId, agentId: agent.id };
  const named: { fileId: string; inline: boolean }[] = [];
  for (const { name, content, inline = false } of given) {
    const asked = { conversationId, clientId: newId(), filename: name, size: content.length };
    const { fileId, url } = await uploads.begin(by, asked);
    await uploads.receive(url.replace('/uploads/', ''), Readable.from([content]));
    named.push({ fileId, inline });
  }
  const clientId = `agent:${agent.id}:${newId()}`;
  const { attachments = [] } = await uploads.attach({ ...by, conversationId, clientId, text, attachments: named });
  const state = await journal.state(conversationId);
  const answer = { conversationId, clientId, author: agent, text, attachments, expectedSeq: state?.seq ?? 0 };
  return { entry: (await reply(journal, answer)).entry, attachments };
}
