import type { MimeNode } from '@zone-eu/mailsplit';

/** Parts the library did not find, because it takes boundaries at their word. */
interface HiddenParts {
  boundary: string;
  /** Where they begin in the bytes they hide in. */
  at: number;
  /** The multipart they belong to. */
  owner: unknown;
}

export function findHidden(node: MimeNode, raw: Buffer): HiddenParts | null {
  return node.multipart ? findUndeclared(node, raw) : findSwallowed(node, raw);
}

/** A multipart whose boundary is missing or wrong: the first line that looks like one. */
function findUndeclared(node: MimeNode, raw: Buffer): HiddenParts | null {
  const start = raw.toString('latin1', 0, 4000);
  const line = /^--([^\s"\\][^\r\n"\\]{5,80})\r?\n(?=content-)/im.exec(start);
  return line?.[1] ? { boundary: line[1].trim(), at: line.index, owner: node } : null;
}

/** A multipart that is never closed swallows what follows it in the multipart around it. */
function findSwallowed(node: MimeNode, raw: Buffer): HiddenParts | null {
  const inner = node.parentNode;
  for (let owner = inner ? inner.parentNode : false; owner; owner = owner.parentNode) {
    const boundary = owner._boundary ? owner._boundary.toString() : '';
    const at = boundary === '' ? -1 : raw.indexOf(`--${boundary}`);
    if (at === 0 || (at > 0 && raw[at - 1] === 0x0a)) return { boundary, at, owner };
  }
  return null;
}
