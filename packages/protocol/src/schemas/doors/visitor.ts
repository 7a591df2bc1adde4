import { z } from 'zod';
import { clientId, emailAddress, id, position, text } from '../common.js';
import { visitorEntry, visitorSession } from '../entities.js';
import { door, inConversation, link, nothing, page, pageInput, write } from './door.js';

/** What visitors may ask. */
export const visitorDoors = {
  'visitor.open': door(
    'POST /visitor/sessions',
    z.strictObject({ inbox: z.string().max(64), token: z.string().max(128).optional() }),
    z.strictObject({ token: z.string(), session: visitorSession }),
  ),
  'visitor.session': door('GET /visitor/session', nothing, visitorSession),
  'visitor.identify': door(
    'POST /visitor/identity',
    z.strictObject({ identityToken: z.string().max(4096) }),
    visitorSession,
  ),
  'visitor.start': door(
    'POST /visitor/conversations',
    z.strictObject({ clientId, text }),
    z.strictObject({ conversationId: id, entry: visitorEntry }),
  ),
  /** While nobody is there: says where the answer may go, too. */
  'visitor.leaveMessage': door(
    'POST /visitor/messages',
    z.strictObject({ clientId, text, address: emailAddress, name: z.string().trim().max(120) }),
    z.strictObject({ conversationId: id, entry: visitorEntry }),
  ),
  'visitor.send': door(
    'POST /visitor/conversations/:conversationId/messages',
    write.extend({ text }),
    z.strictObject({ entry: visitorEntry }),
  ),
  'visitor.sync': door('GET /visitor/conversations/:conversationId/entries', pageInput, page(visitorEntry)),
  'visitor.typing': door('POST /visitor/conversations/:conversationId/typing', inConversation, nothing),
  'visitor.seen': door(
    'PUT /visitor/conversations/:conversationId/seen',
    inConversation.extend({ n: position }),
    nothing,
  ),
  /** The file at `index` among those of the visitor's entry `n`. */
  'visitor.fileLink': door(
    'POST /visitor/conversations/:conversationId/files/links',
    inConversation.extend({ n: position, index: z.int().min(0) }),
    link,
  ),
} as const;
