import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Response } from 'express';
import { notFound } from '../platform/errors.js';

export interface OpenedFile {
  filename: string;
  mimeType: string;
  size: number;
  content: Readable;
  /** A mail as a page, which may be shown in a frame. */
  isPage: boolean;
}

export interface FilesByLink {
  open(token: string, locale: string): Promise<OpenedFile | null>;
  openImage(token: string, address: string): Promise<{ mimeType: string; content: Buffer } | null>;
}

/** Files by short-lived token: never run, never sniffed, never a page of ours. */
export function mountFiles(app: Express, files: FilesByLink): void {
  app.get('/files/:token', async (request, response) => {
    const file = await files.open(request.params.token, request.headers['accept-language'] ?? '');
    if (!file) throw notFound();
    response.setHeader('cache-control', 'private, no-store');
    if (file.isPage) asFramedMail(response);
    else asDownload(response, file);
    response.setHeader('content-length', file.size);
    await pipeline(file.content, response).catch(() => response.destroy()); // half a file is none
  });
  app.get('/files/remote/:token', async (request, response) => {
    const image = await files.openImage(request.params.token, String(request.query.url));
    if (!image) throw notFound();
    response.setHeader('cache-control', 'private, max-age=600');
    asDownload(response, { ...image, filename: 'image' });
    response.send(image.content);
  });
}

/**
 * A mail's HTML, for a frame of the console: no script, no form, no picture but through us; its links open outside. The
 * console may measure what is in the frame; nothing in there can run to look back.
 */
function asFramedMail(response: Response): void {
  response.setHeader(
    'content-security-policy',
    [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    ].join('; '),
  );
  response.setHeader('x-frame-options', 'SAMEORIGIN');
  response.setHeader('content-type', 'text/html; charset=utf-8');
}

function asDownload(response: Response, { filename, mimeType }: Pick<OpenedFile, 'filename' | 'mimeType'>): void {
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  response.setHeader('content-disposition', attachmentNamed(filename));
  response.setHeader('content-type', isType.test(mimeType) ? mimeType : 'application/octet-stream');
}

/** What the sender calls a file goes into a header only if it is a type at all. */
const isType = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/** RFC 6266: an ASCII name for everybody, and the real one. */
function attachmentNamed(filename: string): string {
  const name = [...filename].slice(0, 150).join('');
  const ascii = name.replace(/[^\w.\- ]/g, '_') || 'file';
  const exact = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
