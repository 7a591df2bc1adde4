import { readAddresses } from '../addresses.js';
import { header, type MimeHeader } from '../mime/headers.js';
import type { Bounce, BounceRecipient } from '../types.js';
import { aboveReturnedMail, failedInText, originalIdInText, whatWasAnswered } from './bounce-text.js';
import { readReason, readReasonOfText } from './reasons.js';
import type { Report } from './report.js';

export interface BounceSource {
  headers: MimeHeader[];
  report: Report;
  /** The readable text of the report, and of all that hangs below it. */
  text: string;
}

/** Reads what failed, for whom and whether for good. */
export function readBounce(source: BounceSource): Bounce {
  const recipients = failedRecipients(source);
  return {
    hard: isHard(source, recipients),
    recipients: recipients.map(({ address, action, status }) => ({ address, action, status })),
    originalMessageId: originalMessageId(source),
  };
}

interface Failed extends BounceRecipient {
  diagnostic: string;
}

function failedRecipients({ headers, report, text }: BounceSource): Failed[] {
  const listed = unique(report.status.flatMap(readRecipient));
  const failed = listed.filter(({ action }) => action !== 'delivered' && action !== 'relayed' && action !== 'expanded');
  if (failed.length > 0) return failed;
  const named = header(headers, 'x-failed-recipients');
  const inText = named ? named.split(/[,\s]+/).filter(isAddress) : failedInWords(headers, text);
  const addresses = inText.length > 0 ? inText : originalRecipient(report);
  return unique(addresses.map((address) => ({ address, action: null, status: null, diagnostic: '' })));
}

/** Whom the report was sent to is not who failed. Some machines write who failed where that one stands. */
function failedInWords(headers: MimeHeader[], text: string): string[] {
  const found = failedInText(text, addressesIn(headers, ['to', 'delivered-to', 'x-original-to']));
  return found.length > 0 ? found : failedInText(text, addressesIn(headers, ['to']));
}

function addressesIn(headers: MimeHeader[], keys: string[]): Set<string> {
  return new Set(
    keys.flatMap((key) => readAddresses(header(headers, key) ?? '')).map((to) => to.address.toLowerCase()),
  );
}

/** A mail that went to one person can only have failed for that one. */
function originalRecipient(report: Report): string[] {
  const to = report.original ? readAddresses(header(report.original, 'to') ?? '') : [];
  return to.length === 1 ? to.map(({ address }) => address).filter(isAddress) : [];
}

function readRecipient(fields: MimeHeader[]): Failed[] {
  const field = (...keys: string[]) => keys.map((key) => header(fields, key)).find((value) => value) ?? null;
  const address = typed(field('original-recipient')) ?? typed(field('final-recipient', 'x-actual-recipient'));
  const final = typed(field('final-recipient')) ?? address;
  if (!final) return [];
  return [
    {
      address: final,
      action: /^[a-z]+/.exec(field('action')?.toLowerCase() ?? '')?.[0] ?? null,
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field('status') ?? '')?.[0] ?? null,
      diagnostic: field('diagnostic-code', 'x-supplementary-info', 'x-notes') ?? '',
    },
  ];
}

/** `rfc822; <ana@example.com>` without its type. */
function typed(value: string | null): string | null {
  const address =
    value
      ?.replace(/^[\w-]{1,40}\s{0,5};/, '')
      .replace(/\(.{0,300}\)/, '')
      .replace(/[<>"\s]/g, '') ?? '';
  return isAddress(address) ? address : null;
}

function isAddress(value: string): boolean {
  return /^[^\s@]{1,250}@[^\s@]{1,250}$/.test(value);
}

function unique(recipients: Failed[]): Failed[] {
  const seen = new Set<string>();
  return recipients.filter(({ address }) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** Hard as soon as one address is dead. A delay never is. */
function isHard({ text }: BounceSource, recipients: Failed[]): boolean {
  if (recipients.length > 0 && recipients.every(({ action }) => action === 'delayed')) return false;
  const lines = aboveReturnedMail(text);
  const answered = whatWasAnswered(lines);
  if (answered === 'text') return false;
  const reasons = recipients.map((one) => readReason(one.diagnostic, { ...one, answered }));
  if (reasons.includes('dead')) return true;
  if (reasons.includes('refused')) return false;
  return readReasonOfText(lines, answered) === 'dead';
}

function originalMessageId({ report, text }: BounceSource): string | null {
  const id = report.original ? header(report.original, 'message-id') : null;
  return /<[^<>\s]{1,500}>/.exec(id ?? '')?.[0] ?? originalIdInText(text);
}
