import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailReader } from '../../packages/server/dist/channels/email/read/read-in-process.js';
import { readMail } from '../../packages/server/dist/channels/email/read/read-mail.js';
import { openBrowser } from './in-chromium.mjs';
import { judge } from './judge.mjs';
import { mutate } from './mutate.mjs';
import { createRandom } from './random.mjs';

const longestMs = 2000;
/** By the clock: even a busy machine reads a mail by then. */
const hangingMs = 30_000;
/** One of so many mails with HTML is shown to the browser. */
const sampleOf = 10;
const patience = 2;

/** Reads mutated mails until the time is over. Gives how many there were and what was wrong with which. */
export async function fuzzMail({ folder, seconds, seed, only, say }) {
  const mails = readMails(folder);
  const reader = createMailReader({ timeoutMs: hangingMs });
  const browser = await openBrowser();
  if (!browser) say('There is no Chromium here: what browsers make of the HTML is not looked at.');
  const tally = { mails: 0, inBrowser: 0, slowestMs: 0, failures: [] };
  const end = Date.now() + seconds * 1000;
  let withHtml = 0;
  for (let n = only ?? 0; only === null ? Date.now() < end : n === only; n++) {
    const raw = mutate(mails, createRandom(Math.imul(seed, 0x9e3779b1) + n));
    const { wrong, html, ms } = await tryMail(reader, raw);
    tally.slowestMs = Math.max(tally.slowestMs, ms);
    if (browser && html !== null && (only !== null || withHtml++ % sampleOf === 0)) {
      tally.inBrowser++;
      wrong.push(...(await browser.judge(html)));
    }
    tally.mails++;
    if (wrong.length > 0) tally.failures.push(keep(raw, seed, n, wrong, say));
  }
  await reader.close();
  await browser?.close();
  return tally;
}

function readMails(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const mails = files
    .filter((file) => !/\.(jsonl|mjs|md)$/.test(file) && statSync(join(folder, file)).isFile())
    .sort()
    .map((file) => readFileSync(join(folder, file)))
    .filter(({ length }) => length < 1_000_000);
  if (mails.length === 0) throw new Error(`there are no mails in ${folder}`);
  return mails;
}

/** A slow machine is no hang: what took long is read again, and its processor time counts. */
async function tryMail(reader, raw) {
  for (let n = 1; ; n++) {
    const start = performance.now();
    const outcome = await reader.read(raw);
    const ms = performance.now() - start;
    if (outcome.ok) {
      const cpuMs = ms > longestMs ? await cpuTime(raw) : 0;
      const slow = cpuMs > longestMs ? [`it takes ${Math.round(cpuMs)} ms of processor time`] : [];
      return { wrong: [...slow, ...judge(outcome.mail)], html: outcome.mail.html, ms: cpuMs || ms };
    }
    if (outcome.code === 'timeout' && n < patience) continue;
    const isLimit = outcome.code === 'too_large' || outcome.code === 'too_many_parts';
    return { wrong: isLimit ? [] : [`${outcome.code}: ${outcome.detail}`], html: null, ms };
  }
}

async function cpuTime(raw) {
  const before = process.cpuUsage();
  await readMail(raw);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function keep(raw, seed, n, wrong, say) {
  const folder = join(tmpdir(), 'helpline-fuzz');
  if (!existsSync(folder)) mkdirSync(folder);
  const file = join(folder, `${seed}-${n}.eml`);
  writeFileSync(file, raw);
  say(`${[...new Set(wrong)].join('; ')}\n  in ${file}, again by: pnpm fuzz mail --seed ${seed} --only ${n}`);
  return { n, wrong };
}
