/** What a mail server found out about who sent a mail (RFC 8601). */
export interface AuthenticationResults {
  /** How the server names itself, lower case, with `#` for numbers, since many are one of several; some give no name. */
  server: string;
  methods: Method[];
}

interface Method {
  /** `spf`, `dkim`, `dmarc`… */
  name: string;
  result: string;
  /** `header.from`, `header.d`, `smtp.mailfrom`… */
  properties: ReadonlyMap<string, string>;
}

const longest = 8_000;

/** Reads the value of one Authentication-Results header; what is not understood is left out. */
export function readAuthenticationResults(value: string): AuthenticationResults {
  const [first = '', ...rest] = withoutComments(value.slice(0, longest)).split(';');
  const [name = ''] = first.trim().split(/\s+/);
  const isNamed = !name.includes('=');
  return { server: isNamed ? serverName(name) : '', methods: (isNamed ? rest : [first, ...rest]).flatMap(readMethod) };
}

/** `mx1` and `mx2` are the same to whoever believes them. */
export const serverName = (name: string): string => name.toLowerCase().replace(/\d+/g, '#');

function readMethod(segment: string): Method[] {
  const [verdict = '', ...details] = segment
    .replace(/\s*=\s*/g, '=')
    .trim()
    .split(/\s+/);
  const [, name, result] = /^([a-z][\w-]*)(?:\/\d+)?=([a-z]+)$/i.exec(verdict) ?? [];
  if (!name || !result) return [];
  const pairs = details.flatMap((detail) => {
    const [, key, value] = /^([a-z]+\.[\w-]+)="?([^"]*)"?$/i.exec(detail) ?? [];
    return key && value ? [[key.toLowerCase(), value.toLowerCase()] as const] : [];
  });
  return [{ name: name.toLowerCase(), result: result.toLowerCase(), properties: new Map(pairs) }];
}

/** Comments may hold whatever the sender wrote, also `dmarc=pass`. */
function withoutComments(value: string): string {
  let kept = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const character = value.charAt(i);
    if (character === '\\') i++;
    else if (quoted) quoted = character !== '"';
    else if (character === '"' && depth === 0) quoted = true;
    else if (character === '(') depth++;
    else if (character === ')' && depth > 0) depth--;
    else if (depth === 0) kept += character;
  }
  return kept;
}
