import { z } from 'zod';
import { limits } from '../limits.js';

/** An id as the server makes them. Anything else can't exist, so it is refused before it is looked for. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an id');

/** Chosen by the client, new for every thing it wants done, the same for every try of it. */
export const clientId = z
  .string()
  .regex(/^[A-Za-z0-9_.-]+$/, 'may only have letters, digits, ".", "_" and "-"')
  .max(limits.clientIdCharacters);

export const text = z
  .string()
  .min(1)
  .max(limits.messageCharacters)
  .refine((value) => value.trim() !== '', 'is empty');

/** The same where files may speak for themselves. */
export const words = z
  .string()
  .max(limits.messageCharacters)
  .refine((value) => value === '' || value.trim() !== '', 'is empty');

/** A place in a journal: 0 is before its first entry. */
export const position = z.int().min(0);

export const instant = z.iso.datetime();

export const emailAddress = z.email().max(320);

export const channelName = z.enum(['chat', 'email']);
export type ChannelName = z.infer<typeof channelName>;
