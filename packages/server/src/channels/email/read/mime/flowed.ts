import libmime from 'libmime';

/**
 * Joins the soft line breaks of format=flowed text (RFC 3676). The library unfolds; ours is only that lines of unlike quote
 * depth stay apart, or an answer below a quote would be glued to it.
 */
export function unfoldFlowed(text: string, deleteSpace: boolean): string {
  const runs: { depth: number; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const run = runs.at(-1);
    if (run?.depth === depth) run.lines.push(line.slice(depth));
    else runs.push({ depth, lines: [line.slice(depth)] });
  }
  return runs.map(({ depth, lines }) => unfoldRun(depth, lines, deleteSpace)).join('\n');
}

function unfoldRun(depth: number, lines: string[], deleteSpace: boolean): string {
  if (depth === 0) return unfold(lines, deleteSpace);
  const unstuffed = lines.map((line) => line.replace(/^ (?! )/, ''));
  return unfold(unstuffed, deleteSpace).replace(/^/gm, `${'>'.repeat(depth)} `);
}

/** The library drops a last empty line. */
function unfold(lines: string[], deleteSpace: boolean): string {
  return libmime.decodeFlowed(lines.join('\n'), deleteSpace) + (lines.length > 1 && lines.at(-1) === '' ? '\n' : '');
}
