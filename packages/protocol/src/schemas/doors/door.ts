import { z } from 'zod';
import { limits } from '../../limits.js';
import { clientId, id, instant, position, text } from '../common.js';
import { agentEntry } from '../entities.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A door: its HTTP route under /api/v1, what it takes (path, query and body together) and what it gives. Its name is its socket event. */
export const door = <const H extends `${Method} /${string}`, I extends z.ZodType, O extends z.ZodType>(
  http: H,
  input: I,
  output: O,
) => ({
  http,
  input,
  output,
});

export const nothing = z.strictObject({});
export const inConversation = z.strictObject({ conversationId: id });
export const write = inConversation.extend({ clientId });
/** `head` is the newest number there is for the asker; `more` says that this page did not reach it. */
export const page = <E extends z.ZodType>(entry: E) =>
  z.strictObject({ entries: z.array(entry), head: position, more: z.boolean() });
export const pageInput = inConversation.extend({
  after: z.coerce.number().pipe(position),
  limit: z.coerce.number().int().min(1).max(limits.syncPage).optional(),
});
/** An internal word for whoever gets a conversation. */
export const word = text.max(2_000);
export const done = z.strictObject({ entry: agentEntry });
/** Good for a few minutes. */
export const link = z.strictObject({ url: z.string(), expiresAt: instant });
