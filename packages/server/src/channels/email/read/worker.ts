import { parentPort } from 'node:worker_threads';
import { MailLimitError } from './limits.js';
import { readMail } from './read-mail.js';
import type { ReadOutcome } from './types.js';

parentPort?.on('message', async (raw: Uint8Array) => {
  const outcome = await tryReading(raw);
  const buffers = outcome.ok ? outcome.mail.attachments.map(({ content }) => content.buffer) : [];
  parentPort?.postMessage(
    outcome,
    buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  );
});

async function tryReading(raw: Uint8Array): Promise<ReadOutcome> {
  try {
    return { ok: true, mail: await readMail(raw) };
  } catch (error) {
    if (error instanceof MailLimitError) return { ok: false, code: error.code, detail: error.message };
    return { ok: false, code: 'crashed', detail: error instanceof Error ? error.message : String(error) };
  }
}
