import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Express, type Response } from 'express';
import helmet from 'helmet';
import { notFound } from '../platform/errors.js';

const workspaceFolder = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const ownOnly = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'frame-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** The widget's module, the agents' console and the demo shop; and where mail providers send the browser back to after a sign-in. */
export function mountPages(app: Express): void {
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: ownOnly },
      strictTransportSecurity: false,
      originAgentCluster: false,
    }),
  );
  app.get('/oauth/callback', (request, response) => {
    const answer = encodeURIComponent(request.originalUrl.split('?')[1] ?? '');
    response.setHeader('cache-control', 'no-store');
    response.redirect(303, `/console/#/mailboxes/signed-in/${answer}`); // which no server's log shows
  });
  app.get('/', (_request, response) => response.redirect('/demo/'));
  app.use('/widget', express.static(workspaceFolder('packages/widget/bundle'), { setHeaders: forAnySite }));
  app.use('/console', built('packages/console/bundle'));
  app.use('/demo', built('examples/plain-html'));
}

const built = (path: string) => {
  const folder = workspaceFolder(path);
  return existsSync(folder)
    ? express.static(folder)
    : () => {
        throw notFound();
      };
};

/** Any page may load the widget; which may use it, each inbox says. */
function forAnySite(response: Response): void {
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cache-control', 'public, max-age=300');
}
