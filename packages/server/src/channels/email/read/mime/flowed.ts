/** Joins the soft line breaks of format=flowed text (RFC 3676); quote depth and the signature line stay apart. */
export function unfoldFlowed(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const quote = /^>*/.exec(line)?.[0] ?? '';
    const content = line.slice(quote.length).replace(/^ /, '');
    if (open && open.depth === quote.length && content !== '-- ') {
      open.text += content;
    } else {
      if (open) out.push(open.text);
      open = { depth: quote.length, text: quote === '' ? content : `${quote} ${content}` };
    }
    if (!content.endsWith(' ') || content === '-- ') {
      out.push(open.text);
      open = null;
    } else if (deleteSpace) {
      open.text = open.text.slice(0, -1);
    }
  }
  if (open) out.push(open.text);
  return out.join('\n');
}
