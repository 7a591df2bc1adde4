import { may } from '@helpline/protocol';
import type { Chat } from '../channels/chat/index.js';
import { agentPrefix } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import { conversationRoom } from '../platform/announcer.js';
import type { Call, Caller, Row } from '../platform/doors.js';
import { DeskError, notFound } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import { canSee } from '../platform/visibility.js';
import type { Rates } from './rates.js';

interface Parts {
  journal: Journal;
  chat: Chat;
  rates: Rates;
  log: Logger;
}

/** The one way into the house, for HTTP and sockets alike: who is it, may he, how often, is the input right, may he see what it is about. */
export async function callDoor(parts: Parts, row: Row, raw: unknown, call: Call): Promise<unknown> {
  call.ids.door = row.name;
  if (!parts.log.isLevelEnabled('info')) return callUntold(parts, row, raw, call);
  const began = performance.now();
  const tell = (code: string) =>
    parts.log.info({ ...call.ids, code, ms: Math.round(performance.now() - began) }, 'a call ended');
  try {
    const result = await callUntold(parts, row, raw, call);
    tell('ok');
    return result;
  } catch (error) {
    tell(error instanceof DeskError ? error.code : 'internal');
    throw error;
  }
}

async function callUntold({ journal, chat, rates }: Parts, row: Row, raw: unknown, call: Call): Promise<unknown> {
  checkPermission(row, call.caller);
  await rates.check(row, call);
  const { conversationId, repeatedAs, run } = row.prepare(raw, call);
  if (conversationId) call.ids.conversationId = conversationId;
  const isHis = async (id: string) =>
    (await visible(journal, chat, call.caller, id)) || (await isRepeated(journal, call.caller, id, repeatedAs));
  if (conversationId && !(await isHis(conversationId))) {
    call.connection?.leave(conversationRoom(conversationId)); // it may have been his a moment ago, on another node
    throw notFound();
  }
  return run();
}

function checkPermission(row: Row, caller: Caller): void {
  if (row.permission === 'anyone') return;
  if (caller.kind !== row.audience) throw new DeskError('unauthenticated');
  if (caller.kind === 'anyone' || !may(caller.role, row.permission)) throw new DeskError('forbidden');
}

/** What a caller may not see is refused like what is not there. */
async function visible(journal: Journal, chat: Chat, caller: Caller, conversationId: string): Promise<boolean> {
  if (caller.kind === 'visitor') return chat.owns(caller, conversationId);
  if (caller.kind !== 'agent') return false;
  const state = await journal.state(conversationId);
  return state !== null && canSee(caller.visibility, state);
}

async function isRepeated(journal: Journal, caller: Caller, conversationId: string, as: string | null) {
  if (caller.kind !== 'agent' || as === null) return false;
  const done = await journal.entryByClientId(conversationId, agentPrefix(caller.agentId) + as);
  return done?.workspaceId === caller.workspaceId;
}
