import { type MimePart, parseMime, walkParts } from '../parse-mime.js';
import { signedContent } from './cms.js';
import { isPkcs7 } from './protection.js';

/** A signature may enclose the mail it signs: then the mail is read from within. Other mails stay as they are. */
export async function openSigned(root: MimePart): Promise<MimePart> {
  const enclosed = [...walkParts(root)].find((part) => part.children.length === 0 && isPkcs7(part));
  const content = enclosed && signedContent(enclosed.body);
  if (!content) return root;
  const inner = await parseMime(content);
  return replaced(root, enclosed, { ...inner, type: inner.type });
}

/** The sealed part keeps its place and type and gets what is in it as its child. */
function replaced(part: MimePart, sealed: MimePart, inner: MimePart): MimePart {
  if (part === sealed) return { ...part, children: [inner, { ...part, headers: [], disposition: 'attachment' }] };
  return { ...part, children: part.children.map((child) => replaced(child, sealed, inner)) };
}
