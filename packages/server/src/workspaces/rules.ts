import type { Inbox } from './store.js';

/** Whether a page of this origin may use the chat inbox. This server's own pages may; nobody without an origin does, unless any may. */
export function mayEmbed(inbox: Pick<Inbox, 'allowedOrigins'>, origin: string | null, sameOrigin: boolean): boolean {
  if (sameOrigin || inbox.allowedOrigins.includes('*')) return true;
  return origin !== null && inbox.allowedOrigins.includes(origin);
}
