import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createMailReader } from './read-in-process.js';
import { anaToBen, html, rawMail } from './sample-mail.js';

const reading = new URL('../../../../dist/channels/email/read/read-mail.js', import.meta.url);

/** A reader that reads as the real one does, answers as much, and tells what that cost it. */
async function measuringProgram(): Promise<URL> {
  const path = join(await mkdtemp(join(tmpdir(), 'helpline-limits-')), 'program.mjs');
  const code = `
    import { readFileSync } from 'node:fs';
    import { serialize } from 'node:v8';
    import { readMail } from ${JSON.stringify(reading.href)};
    process.on('message', async ([raw]) => {
      const before = process.cpuUsage();
      const limit = await readMail(raw).then((mail) => void serialize(mail), (error) => error.name);
      const { user, system } = process.cpuUsage(before);
      const peak = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
      process.send([{ limit, cpuMs: (user + system) / 1000, megabytes: Number(peak[1]) / 1024 }]);
    });
    process.on('disconnect', () => process.exit());`;
  await writeFile(path, code);
  return pathToFileURL(path);
}

const bytes = 29 * 1024 * 1024;
const filled = (piece: string): string => piece.repeat(Math.floor(bytes / piece.length));
const inParts = (type: string, piece: string): Buffer =>
  rawMail([...anaToBen, type], filled(`--cut\r\nContent-Type: text/html\r\n\r\n${piece}\r\n`), '--cut--');

const seal = 'Content-Type: application/pkcs7-mime';

// The heaviest of some fifty kinds that were tried.
it.each([
  ['empty lines', () => rawMail(anaToBen, filled('\r\n'))],
  ['open angle brackets', () => rawMail([...anaToBen, html], filled('<'))],
  ['hundreds of versions', () => inParts('Content-Type: multipart/alternative; boundary=cut', '<p>y'.repeat(8000))],
  ['a file', () => rawMail([...anaToBen, 'Content-Type: text/csv; name=a.csv'], filled('a,b,c\r\n'))],
  ['encoded letters', () => rawMail([...anaToBen, 'Content-Transfer-Encoding: quoted-printable'], filled('=C3=A4'))],
  [
    'open seals',
    () => Buffer.concat([rawMail([...anaToBen, seal], ''), Buffer.alloc(bytes, Buffer.from([0x30, 0x80]))]),
  ],
])(
  '29 MB of %s take no more than 5 s of the processor and 300 MB',
  async (_kind, make) => {
    const reader = createMailReader({ program: await measuringProgram(), timeoutMs: 60_000 });
    const cost: unknown = await reader.read(make());
    await reader.close();
    expect(cost).toMatchObject({ limit: undefined, cpuMs: expect.any(Number), megabytes: expect.any(Number) });
    const { cpuMs, megabytes } = Object(cost);
    expect(cpuMs).toBeLessThan(5000);
    expect(megabytes).toBeLessThan(300);
  },
  90_000,
);

it('however many mails were read, the next are not read among collections of garbage', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'helpline-limits-')), 'program.mjs');
  const code = `
    import { PerformanceObserver } from 'node:perf_hooks';
    import { readMail } from ${JSON.stringify(reading.href)};
    let whole = 0;
    const count = (all) => all.getEntries().forEach(({ detail }) => detail.kind === 4 && whole++);
    new PerformanceObserver(count).observe({ entryTypes: ['gc'] });
    process.on('message', async ([raw]) => {
      for (let n = 0; n < 4000; n++) await readMail(Buffer.from(raw));
      setImmediate(() => process.send([{ whole }]));
    });
    process.on('disconnect', () => process.exit());`;
  await writeFile(path, code);
  const reader = createMailReader({ program: pathToFileURL(path), timeoutMs: 80_000 });
  const lines = Array.from({ length: 40 }, (_, n) => `<p>Line ${n} of what Ana wrote</p>`);
  const found: unknown = await reader.read(rawMail([...anaToBen, html], ...lines));
  await reader.close();
  expect(Object(found).whole).toBeLessThan(400);
}, 90_000);
