import { setPriority } from 'node:os';
import { MailLimitError } from './limits.js';
import { readMail } from './read-mail.js';
import type { ReadOutcome } from './types.js';

setPriority(5); // whoever waits for the server goes before whoever waits for a mail to be read
process.on('message', async (raws: Uint8Array[]) => {
  const outcomes: ReadOutcome[] = [];
  for (const raw of raws) outcomes.push(await tryReading(raw));
  process.send?.(outcomes);
});
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the server ends its reader itself
process.on('disconnect', () => process.exit());

async function tryReading(raw: Uint8Array): Promise<ReadOutcome> {
  try {
    return { ok: true, mail: await readMail(raw) };
  } catch (error) {
    if (error instanceof MailLimitError) return { ok: false, code: error.code, detail: error.message };
    return { ok: false, code: 'crashed', detail: error instanceof Error ? error.message : String(error) };
  }
}
