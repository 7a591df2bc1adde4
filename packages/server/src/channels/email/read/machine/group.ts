import { header, headerValues, type MimeHeader } from '../mime/headers.js';

/**
 * The group that passed on what somebody wrote to it, by each of its names as List-Id writes addresses: `support.tea.example`.
 * None where anything says that it is one of many alike: those are a list's own, whoever passed them on.
 */
export function groupNames(headers: MimeHeader[]): string[] {
  const ids = headerValues(headers, 'list-id').flatMap(
    (value) => /<([^<>\s]{1,320})>/.exec(value)?.[1] ?? value.trim(),
  );
  const isOneOfMany =
    new Set(ids).size > 1 ||
    headerValues(headers, 'list-unsubscribe').length > 1 ||
    ['list-unsubscribe-post', 'feedback-id'].some((key) => header(headers, key) !== null) ||
    /bulk|junk/i.test(headerValues(headers, 'precedence').join(' '));
  if (isOneOfMany) return [];
  const posting = /<mailto:([^<>?\s]{1,320})/i.exec(header(headers, 'list-post') ?? '')?.[1] ?? [];
  const mailingList = /^list ([^\s;]{1,320})/i.exec(header(headers, 'mailing-list') ?? '')?.[1] ?? [];
  return [...new Set([ids, posting, mailingList].flat().map(asListId))];
}

export const asListId = (address: string): string => address.toLowerCase().replace('@', '.');
