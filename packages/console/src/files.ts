import type { OpenConversation } from './client.js';

/** Opens a file of a conversation in a tab of its own, by a link made for this moment. */
export async function openFile(open: OpenConversation, fileId: string): Promise<void> {
  const { url } = await open.fileLink(fileId);
  const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', rel: 'noopener' });
  document.body.append(link);
  link.click();
  link.remove();
}

/** The HTML of a mail, as the server cleaned it. */
export async function loadHtml(open: OpenConversation, fileId: string): Promise<string> {
  const { url } = await open.fileLink(fileId);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The file answered ${response.status}.`);
  return response.text();
}
