import type { Server } from 'socket.io';
import type { Entry, Journal } from '../journal/index.js';
import { conversationRoom } from '../platform/announcer.js';
import type { AgentCaller } from '../platform/doors.js';
import { canSee } from '../platform/visibility.js';

/** Who had a conversation open on this node and may see it no more hears nothing of it any more. */
export async function turnAwayStrangers(io: Server, journal: Journal, { conversationId, seq }: Entry): Promise<void> {
  const room = conversationRoom(conversationId);
  const { adapter, sockets } = io.of('/agent');
  const listening = [...(adapter.rooms.get(room) ?? [])].flatMap((id) => sockets.get(id) ?? []);
  const state = listening.length > 0 ? await journal.state(conversationId, seq) : null;
  if (!state) return;
  for (const socket of listening) {
    const { caller } = socket.data as { caller: AgentCaller };
    if (canSee(caller.visibility, state)) continue;
    socket.leave(room);
    socket.emit('gone', { conversationId });
  }
}
