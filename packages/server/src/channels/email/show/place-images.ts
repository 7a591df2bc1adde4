import { eachImage, escapeAttribute, unescapeAttribute } from './image-tags.js';

/** The HTML with each picture that lies in the mail itself (`cid:`) named by its file; and which files those are. */
export function placeImages(
  html: string,
  fileOf: (contentId: string) => string | null,
): { html: string; placed: Set<string> } {
  const placed = new Set<string>();
  const named = eachImage(html, (attributes) => {
    const contentId = /(?:^| )src="cid:([^"]*)"/i.exec(attributes)?.[1];
    const file = contentId === undefined ? null : fileOf(decoded(unescapeAttribute(contentId)));
    if (file === null) return attributes;
    placed.add(file);
    return attributes.replace(/((?:^| ))src="cid:[^"]*"/i, `$1data-file="${escapeAttribute(file)}"`);
  });
  return { html: named, placed };
}

/** A Content-ID in an address is written as addresses are. */
function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
