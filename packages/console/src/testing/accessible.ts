import 'axe-core';
import type { AxeResults } from 'axe-core';
import { assert } from 'chai';

declare const axe: { run(context: Node, options: { runOnly: string[] }): Promise<AxeResults> };

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function assertAccessible(): Promise<void> {
  const { violations } = await axe.run(document, { runOnly: rules });
  const told = violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
  assert.deepEqual(told, []);
}

/** Nothing is beside or below what one sees, but in what scrolls by itself. */
export function assertFits(): void {
  const { scrollWidth, scrollHeight } = document.documentElement;
  assert.isAtMost(scrollWidth, innerWidth);
  assert.isAtMost(scrollHeight, innerHeight);
}
