import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountFiles, type OpenedFile } from './files.js';
import { mountPages } from './pages.js';

const files: Record<string, Pick<OpenedFile, 'filename' | 'mimeType' | 'isPage'> & { text: string }> = {
  page: { filename: 'mail.html', mimeType: 'text/html', text: '<p>Hello</p>', isPage: true },
  html: { filename: 'a.html', mimeType: 'text/html', text: '<script>alert(1)</script>', isPage: false },
  odd: { filename: '../"é\r\n😀.txt', mimeType: 'a\r\nb: c', text: 'x', isPage: false },
};
const opened = ({ text, ...file }: (typeof files)[string]): OpenedFile => ({
  ...file,
  size: text.length,
  content: Readable.from([text]),
});
const image = { mimeType: 'image/png', content: Buffer.from('png') };

let server: Server;
let base: string;

beforeAll(async () => {
  const app = express();
  mountPages(app);
  mountFiles(app, {
    open: async (token) => (files[token] ? opened(files[token]) : null),
    openImage: async (token, address) => (token === 'good' && address === 'https://shop.example/a.png' ? image : null),
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`;
});
afterAll(() => server.close());

const policyOf = async (path: string) => (await fetch(`${base}/${path}`)).headers.get('content-security-policy');

test('a mail is a page in which nothing runs, and that asks nobody but us', async () => {
  const policy = await policyOf('page');
  expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;/);
  expect(policy).toMatch(/form-action 'none'.*frame-ancestors 'self'/);
  expect(policy).toMatch(/sandbox(?!.*allow-(scripts|forms|top-navigation|modals))/);
});

test('every other file is a download that nobody takes for a page', async () => {
  const { headers } = await fetch(`${base}/html`);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="a.html"; filename*=UTF-8''a.html`);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  expect(headers.get('cache-control')).toBe('private, no-store');
});

test('no name and no type of a sender gets into a header as he wrote it', async () => {
  const { headers, status } = await fetch(`${base}/odd`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('content-disposition')).toContain('filename=".._');
});

test('a picture of another server is given under its signed address only', async () => {
  const given = await fetch(`${base}/remote/good?url=https://shop.example/a.png`);
  expect(given.headers.get('content-type')).toBe('image/png');
  for (const other of [
    'remote/good',
    'remote/good?url=https://evil.example',
    'remote/bad?url=https://shop.example/a.png',
  ])
    expect((await fetch(`${base}/${other}`)).status).not.toBe(200);
});
