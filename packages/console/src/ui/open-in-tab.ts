/** Opens an address in a tab of its own, which can't reach back here. */
export function openInTab(url: string): void {
  const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', rel: 'noopener' });
  document.body.append(link);
  link.click();
  link.remove();
}
