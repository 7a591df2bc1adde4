import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createMailReader } from '../channels/email/read/read-in-process.js';
import type { ReadMail } from '../channels/email/read/types.js';

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('Usage: pnpm mail:read FILE-OR-FOLDER…');
  process.exitCode = 2;
} else {
  await printAll(paths);
}

async function printAll(given: string[]): Promise<void> {
  const reader = createMailReader();
  for (const { file, path } of given.flatMap(mailsOf)) {
    const outcome = await readFile(path, reader);
    console.log(JSON.stringify({ file, ...outcome }));
  }
  await reader.close();
}

/** Of a folder with a cases.jsonl the mails named there, of another folder all files; names are relative to it. */
function mailsOf(given: string): { file: string; path: string }[] {
  if (!existsSync(given) || !statSync(given).isDirectory()) return [{ file: given, path: given }];
  const cases = join(given, 'cases.jsonl');
  const files = existsSync(cases) ? namedIn(cases) : filesIn(given);
  return files.map((file) => ({ file, path: join(given, file) }));
}

function namedIn(cases: string): string[] {
  const lines = readFileSync(cases, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return [...new Set(lines.map((line) => String(JSON.parse(line).file)))];
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((entry) => statSync(join(folder, entry)).isFile()).sort();
}

async function readFile(path: string, reader: ReturnType<typeof createMailReader>): Promise<object> {
  if (!existsSync(path)) return { error: 'there is no such file' };
  const outcome = await reader.read(readFileSync(path));
  return outcome.ok ? { error: null, ...printable(outcome.mail) } : { error: `${outcome.code}: ${outcome.detail}` };
}

/** What is printed names the attachments; their bytes are told by the hash. */
function printable(mail: ReadMail): object {
  const attachments = mail.attachments.map(({ content: _content, ...attachment }) => attachment);
  return { ...mail, inReplyTo: mail.inReplyTo[0] ?? null, attachments };
}
