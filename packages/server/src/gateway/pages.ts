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

/** The widget's module, the agents' console and the demo shop. */
export function mountPages(app: Express): void {
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: ownOnly },
      strictTransportSecurity: false,
      originAgentCluster: false,
    }),
  );
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

export interface OpenedFile {
  filename: string;
  mimeType: string;
  content: Buffer;
  /** A mail's sanitised HTML, which may be shown in a frame. */
  inlineHtml: boolean;
}

/** Files by short-lived token: never run, never sniffed, never a page of ours. */
export function mountFiles(app: Express, open: (token: string) => Promise<OpenedFile | null>): void {
  app.get('/files/:token', async (request, response) => {
    const file = await open(request.params.token);
    if (!file) throw notFound();
    response.setHeader('cache-control', 'private, no-store');
    if (file.inlineHtml) asFramedMail(response);
    else asDownload(response, file);
    response.send(file.content);
  });
}

/** A mail's HTML, for a frame of the console: no script, no form, no request; its links open outside. */
function asFramedMail(response: Response): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
  response.setHeader('content-security-policy', `${policy}; sandbox allow-popups allow-popups-to-escape-sandbox`);
  response.setHeader('x-frame-options', 'SAMEORIGIN');
  response.setHeader('content-type', 'text/html; charset=utf-8');
}

function asDownload(response: Response, { filename, mimeType }: OpenedFile): void {
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  response.setHeader('content-disposition', attachmentNamed(filename));
  response.setHeader('content-type', mimeType);
}

/** RFC 6266: an ASCII name for everybody, and the real one. */
function attachmentNamed(filename: string): string {
  const ascii = filename.replace(/[^\w.\- ]/g, '_').slice(0, 150) || 'file';
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename.slice(0, 150)).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}
