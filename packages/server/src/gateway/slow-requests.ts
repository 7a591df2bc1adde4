import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

/** What Node gives every request where nothing else is said. */
const usualMs = 5 * 60_000;
/** A large file over a slow line. */
const fileMs = 30 * 60_000;

const givingUp = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Whoever sends a request as slowly as he can is cut off. Node knows one time for all requests, so it gets the longest. */
export function serverFor(app: RequestListener, longest = { usualMs, fileMs }): Server {
  const server = createServer({ requestTimeout: longest.fileMs });
  server.on('request', (request) => {
    if (!hasBody(request)) return;
    givingUp.set(request, setTimeout(() => request.destroy(), longest.usualMs).unref());
    request.once('close', () => clearTimeout(givingUp.get(request)));
  });
  return server.on('request', app);
}

/** It is a file that comes. */
export const mayTakeLong = (request: IncomingMessage): void => clearTimeout(givingUp.get(request));

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
