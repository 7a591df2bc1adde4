import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './house.js';

/** Where the real mails are; they may not be copied into the repository. */
const mailsFolder = resolve(root, process.env.HELPLINE_MAILS ?? '../shared/mail');
export const hasRealMails = existsSync(join(mailsFolder, 'cases.jsonl'));
if (!hasRealMails)
  console.warn(`Skipped: there are no real mails in ${mailsFolder} (HELPLINE_MAILS names the folder).`);

interface Expected {
  subject: string;
  from_address: string;
  from_name: string;
}

export interface RealMail {
  raw: Buffer;
  expected: Expected;
}

/** One of the mails as if the customer had sent it, so that an answer reaches a mailbox that exists. */
export function realMailOf(customer: string, file: string): RealMail {
  const line = readFileSync(join(mailsFolder, 'cases.jsonl'), 'utf8')
    .split('\n')
    .find((one) => one.includes('"kind": "parse"') && one.includes(`"file": "${file}"`));
  const { expect: expected }: { expect: Expected } = JSON.parse(line ?? '{}');
  const raw = readFileSync(join(mailsFolder, file), 'latin1');
  return { raw: Buffer.from(raw.replace(expected.from_address, customer), 'latin1'), expected };
}
