import type { Authenticity } from '@helpline/protocol';
import type { AuthenticationResults } from './authentication-results.js';

/**
 * Whether a mail comes from the domain of its From, by what our mail server found: DMARC says so, else a signature or
 * an envelope of that very domain or of one above it.
 */
export function authenticityOf({ methods }: AuthenticationResults, fromDomain: string): Authenticity {
  const about = methods.map(({ name, result, properties }) => ({ name, result, domain: domainIn(name, properties) }));
  const dmarc = about.find(({ name, domain }) => name === 'dmarc' && (domain === '' || domain === fromDomain));
  if (dmarc?.result === 'pass') return 'verified';
  if (dmarc?.result === 'fail') return 'failed';
  const isAligned = about.some(
    ({ name, result, domain }) =>
      (name === 'dkim' || name === 'spf') && result === 'pass' && covers(domain, fromDomain),
  );
  return isAligned ? 'verified' : 'unknown';
}

const lookedAt: Record<string, string[]> = {
  dmarc: ['header.from'],
  dkim: ['header.d', 'header.i'],
  spf: ['smtp.mailfrom'],
};

function domainIn(method: string, properties: ReadonlyMap<string, string>): string {
  const value = (lookedAt[method] ?? []).map((key) => properties.get(key)).find((one) => one !== undefined);
  return value ? domainOf(value) : '';
}

/** Whoever has a domain has those below it too. Below a domain may stand strangers, so not the other way round. */
const covers = (domain: string, fromDomain: string): boolean =>
  domain.includes('.') && (domain === fromDomain || fromDomain.endsWith(`.${domain}`));

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
