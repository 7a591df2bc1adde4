import type { Readable } from 'node:stream';
import type { UploadedFile } from '@helpline/protocol';
import type { Express } from 'express';
import { mayTakeLong } from './slow-requests.js';

export interface UploadsByLink {
  receive(token: string, body: Readable): Promise<UploadedFile>;
}

/** Files come by an address that was given for each, which is all that its sender needs. */
export function mountUploads(app: Express, uploads: UploadsByLink): void {
  app.put('/uploads/:token', async (request, response) => {
    mayTakeLong(request);
    response.setHeader('connection', 'close'); // what is refused is not read to its end
    const file = await uploads.receive(request.params.token, request);
    response.setHeader('cache-control', 'no-store').json(file);
  });
}
