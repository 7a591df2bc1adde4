import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSafe } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { imageType } from './image-type.js';

/** What one picture may cost. */
const most = { bytes: 5 * 1024 * 1024, ms: 10_000, redirects: 3 };

export interface Image {
  mimeType: string;
  content: Buffer;
}

/** Says of an IP address whether it may be connected to. */
export type MayReach = (address: string) => boolean;

class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
}

/**
 * Fetches a picture that a mail names, for somebody who asked to see it. Its server learns nothing of who that is: no
 * cookie, no referrer, our own address. Every address is judged as it is connected to, anew at each redirect.
 */
export async function fetchImage(address: string, mayReach: MayReach): Promise<Image> {
  const signal = AbortSignal.timeout(most.ms);
  let url = new URL(address);
  for (let redirects = 0; redirects <= most.redirects; redirects++) {
    const response = await ask(url, mayReach, signal);
    const next = whereTo(response);
    if (next === null) return await readImage(response);
    response.destroy();
    url = new URL(next, url);
  }
  throw new ImageRefused('It is redirected too often.');
}

function ask(url: URL, mayReach: MayReach, signal: AbortSignal): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new ImageRefused('It is not on the web.');
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(hostname) && !mayReach(hostname)) throw new ImageRefused('It stands in a private network.');
  const request = url.protocol === 'https:' ? requestSafe : requestPlain;
  return new Promise((resolve, reject) => {
    const asking = request({
      hostname,
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Helpline' },
      agent: false,
      lookup: lookupOf(mayReach),
      signal,
    });
    asking.once('response', resolve).once('error', reject).end();
  });
}

/** The addresses that are judged here are those that are connected to. A name with one bad address is refused. */
const lookupOf =
  (mayReach: MayReach): LookupFunction =>
  (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = addresses?.every(({ address }) => mayReach(address)) === false;
      const wrong = error ?? (refused ? new ImageRefused('It stands in a private network.') : null);
      const [first] = addresses ?? [];
      if (wrong || !first) done(wrong ?? new ImageRefused('Its server has no address.'), '');
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });

function whereTo({ statusCode = 0, headers }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) ? (headers.location ?? null) : null;
}

async function readImage(response: IncomingMessage): Promise<Image> {
  if (response.statusCode !== 200) throw new ImageRefused(`Its server answers ${response.statusCode}.`);
  const chunks: Buffer[] = [];
  let bytes = Number(response.headers['content-length'] ?? 0);
  if (bytes <= most.bytes) bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most.bytes) break;
    chunks.push(chunk);
  }
  if (bytes > most.bytes) throw new ImageRefused('It is too large.');
  const content = Buffer.concat(chunks);
  const mimeType = imageType(content);
  if (mimeType === null) throw new ImageRefused('It is no picture.');
  return { mimeType, content };
}
