import { readAddresses } from '../addresses.js';
import { header } from '../mime/headers.js';
import type { Complaint } from '../types.js';
import type { Report } from './report.js';

/** The mail that was complained about, as far as the provider shows it. */
export function readComplaint({ original }: Report): Complaint {
  const field = (key: string): string => (original && header(original, key)) ?? '';
  const people = readAddresses(field('to')).map(({ address }) => address.toLowerCase());
  return {
    originalMessageId: /<[^<>\s]{1,500}>/.exec(field('message-id'))?.[0] ?? null,
    recipients: people.filter((address) => address.includes('@')).slice(0, 100),
  };
}
