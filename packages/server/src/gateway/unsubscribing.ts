import { serverTexts } from '@helpline/protocol/texts/server.js';
import { translator } from '@helpline/protocol/texts/translate.js';
import type { Express, Request, Response } from 'express';
import { notFound } from '../platform/errors.js';
import { escapeHtml } from '../platform/escape-html.js';

export interface UnsubscribingByLink {
  addressOf(token: string): string | null;
  confirm(token: string): Promise<string | null>;
}

/**
 * Where the link of a mail leads to (RFC 8058). Looking changes nothing, since programs look at links too; a POST does,
 * whatever is in it: mail programs send one of their own, and so does the button.
 */
export function mountUnsubscribing(app: Express, unsubscribing: UnsubscribingByLink): void {
  app.get('/unsubscribe/:token', (request, response) => {
    const address = unsubscribing.addressOf(request.params.token);
    if (address === null) throw notFound();
    const say = sayTo(request);
    const button = `<form method="post"><button>${escapeHtml(say('unsubscribe.yes'))}</button></form>`;
    answer(request, response, `<p>${escapeHtml(say('unsubscribe.ask', { address }))}</p>\n${button}`);
  });
  app.post('/unsubscribe/:token', async (request, response) => {
    const address = await unsubscribing.confirm(request.params.token);
    if (address === null) throw notFound();
    answer(request, response, `<p>${escapeHtml(sayTo(request)('unsubscribe.done', { address }))}</p>`);
  });
}

function answer(request: Request, response: Response, body: string): void {
  const title = escapeHtml(sayTo(request)('unsubscribe.title'));
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.type('html').send(`<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<h1>${title}</h1>
${body}
`);
}

const sayTo = (request: Request) => translator(serverTexts, request.headers['accept-language'] ?? '');
