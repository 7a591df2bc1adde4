import { doors } from '@helpline/protocol/schemas';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Chat } from '../channels/chat/index.js';
import type { Call, CallIds, Row } from '../platform/doors.js';
import { DeskError, notFound } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { Staff } from '../staff/index.js';
import { callerOf, cookieOf, type From, fromOf, type Trusts } from './callers.js';
import { openApiOf } from './openapi.js';
import { problemOf } from './problems.js';

interface Parts {
  rows: Row[];
  callDoor: (row: Row, raw: unknown, call: Call) => Promise<unknown>;
  chat: Chat;
  staff: Staff;
  trusts: Trusts;
  secureCookies: boolean;
  log: Logger;
  metrics: Metrics;
}

const bodyLimit = '256kb';

/** Every answer carries the id that the log has for it: the one that a proxy gave, or one of ours. */
export function nameRequests(app: Express): void {
  app.use((request, response, next) => {
    const given = request.header('x-request-id') ?? '';
    const ids: CallIds = { requestId: /^[\w.:-]{1,64}$/.test(given) ? given : newId() };
    response.locals.ids = ids;
    response.setHeader('x-request-id', ids.requestId);
    next();
  });
}

/** What the log says of the request that this answers. */
const idsOf = (response: Response): CallIds => response.locals.ids;

/** Mounts every door at its route under /api/v1. */
export function mountDoors(app: Express, parts: Parts): void {
  const api = express.Router();
  api.use((request, response, next) => crossOrigin(fromOf(request, parts.trusts), request, response, next));
  api.use(express.json({ limit: bodyLimit }));
  for (const row of parts.rows) {
    const [method, path] = doors[row.name].http.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
    const handler = (request: Request, response: Response) => answer(parts, row, request, response);
    if (method === 'GET') api.get(path, handler);
    if (method === 'POST') api.post(path, handler);
    if (method === 'PUT') api.put(path, handler);
    if (method === 'DELETE') api.delete(path, handler);
  }
  const description = openApiOf(parts.rows);
  api.get('/openapi.json', (_request, response) => void response.json(description));
  app.use('/api/v1', api);
  app.use(() => {
    throw notFound();
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    refuse(error, request, response, parts),
  );
}

async function answer(parts: Parts, row: Row, request: Request, response: Response): Promise<void> {
  const from = fromOf(request, parts.trusts);
  const caller =
    row.permission === 'anyone'
      ? ({ kind: 'anyone' } as const)
      : await callerOf(request, from, parts.chat, parts.staff);
  if (caller.kind === 'agent' && request.method !== 'GET' && !from.sameOrigin && request.headers['x-helpline'] !== '1')
    throw new DeskError('forbidden', { detail: 'A call with the session cookie needs the header "x-helpline: 1".' });
  const call: Call = {
    ...from,
    caller,
    ids: idsOf(response),
    connection: null,
    setCookie: (token) => response.setHeader('set-cookie', cookieOf(token, parts.secureCookies)),
  };
  const input = { ...asObject(request.query), ...asObject(request.body), ...request.params };
  response.setHeader('cache-control', 'no-store').json(await parts.callDoor(row, input, call));
}

/**
 * Visitors' doors answer pages of any origin, if only to say that the inbox does not allow it: the inbox decides, and
 * no cookie goes with such a call.
 */
function crossOrigin({ origin, sameOrigin }: From, request: Request, response: Response, next: NextFunction): void {
  if (origin && !sameOrigin && request.path.startsWith('/visitor/')) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-headers', 'content-type, authorization, x-helpline');
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT');
    response.setHeader('access-control-max-age', '600');
  }
  response.vary('origin');
  if (request.method === 'OPTIONS') response.status(204).end();
  else next();
}

function refuse(error: unknown, request: Request, response: Response, parts: Parts): void {
  const problem = problemOf(error, request.headers['accept-language'] ?? '', idsOf(response), parts);
  if (problem.retryAfterMs) response.setHeader('retry-after', Math.ceil(problem.retryAfterMs / 1000));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
