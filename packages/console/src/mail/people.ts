/** Who gets a mail, as it is typed. */
export interface People {
  to: string;
  cc: string;
  bcc: string;
}

export interface Addresses {
  to: string[];
  cc: string[];
  bcc: string[];
}

export const nobody: People = { to: '', cc: '', bcc: '' };
export const fields = ['to', 'cc', 'bcc'] as const;

/** The addresses of a typed line, and what in it is none: "Ana <ana@lima.example>, ben@acme.example". */
export function parseLine(line: string): { addresses: string[]; wrong: string[] } {
  const parts = line
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => /<([^<>]*)>$/.exec(part)?.[1]?.trim() ?? part);
  const isAddress = (part: string): boolean => /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/.test(part);
  return { addresses: [...new Set(parts.filter(isAddress))], wrong: parts.filter((part) => !isAddress(part)) };
}

export function addressesOf({ to, cc, bcc }: People): Addresses {
  return { to: parseLine(to).addresses, cc: parseLine(cc).addresses, bcc: parseLine(bcc).addresses };
}

/** What can't be sent so: something that is no address, or nobody to send it to. */
export const isUnusable = (people: People): boolean =>
  fields.some((field) => parseLine(people[field]).wrong.length > 0) || parseLine(people.to).addresses.length === 0;

type Named = readonly { address: string; name: string }[];

/** People as one would type them. */
export const typed = (people: Named): string => people.map(({ address }) => address).join(', ');

export const typedAll = ({ to, cc, bcc = [] }: { to: Named; cc: Named; bcc?: Named }): People => ({
  to: typed(to),
  cc: typed(cc),
  bcc: typed(bcc),
});

/** People as one reads them. */
export const named = (people: Named): string => people.map(({ address, name }) => name || address).join(', ');
