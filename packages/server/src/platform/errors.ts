import { type ErrorCode, errorStatus } from '@helpline/protocol';

interface Details {
  /** What exactly, in words for a developer or an agent. */
  detail?: string;
  errors?: { pointer: string; detail: string }[];
  retryAfterMs?: number;
}

/** A call that can't be done, told to the caller by a code of the contract's closed list. */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.detail ?? code);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** The answer for what is missing and for what the caller may not know of alike. */
export const notFound = (): DeskError => new DeskError('not_found');
