/** Who works through a list with the keyboard goes on with the row that took the place of the last one, or at the top. */
export function focusRow(root: ParentNode, place: number): void {
  const rows = root.querySelectorAll('li');
  const row = rows[Math.min(place, rows.length - 1)];
  (row?.querySelector<HTMLElement>('button') ?? root.querySelector<HTMLElement>('h2'))?.focus();
}
