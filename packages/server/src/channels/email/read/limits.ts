/** What one mail may cost. A mail beyond these is kept raw and said to be unread, never dropped. */
export const limits = {
  mailBytes: 30 * 1024 * 1024,
  headerBytes: 256 * 1024,
  parts: 1000,
  depth: 20,
  /** Characters of text and of HTML that are worked on and shown. */
  shownText: 256 * 1024,
  shownHtml: 512 * 1024,
  htmlDepth: 500,
  addresses: 1000,
  ids: 100,
} as const;

export class MailLimitError extends Error {
  override readonly name = 'MailLimitError';
  readonly code: 'too_large' | 'too_many_parts';

  constructor(code: 'too_large' | 'too_many_parts', detail: string) {
    super(detail);
    this.code = code;
  }
}
