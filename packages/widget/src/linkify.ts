export type Piece = string | { href: string };

/** Splits a text into plain pieces and web addresses; what ends a sentence does not belong to the address. */
export function linkify(text: string): Piece[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'’])/)
    .map((piece, i) => (i % 2 === 1 ? { href: piece } : piece))
    .filter((piece) => piece !== '');
}
