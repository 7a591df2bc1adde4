/** Every error a door can answer with, and its HTTP status. A client may rely on the code, never on the sentence. */
export const errorStatus = {
  bad_request: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  not_found: 404,
  conflict: 409,
  stale: 409,
  already_done: 409,
  at_capacity: 409,
  no_recipient: 409,
  do_not_contact: 409,
  too_late: 409,
  too_large: 413,
  unprocessable: 422,
  mailbox_unreachable: 422,
  too_many: 429,
  internal: 500,
  busy: 503,
  timeout: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What went wrong, as RFC 9457 problem details; the same object travels in a socket's acknowledgement. */
export interface Problem {
  code: ErrorCode;
  status: number;
  title: string;
  detail?: string;
  /** The fields at fault, by JSON pointer. */
  errors?: { pointer: string; detail: string }[];
  /** Milliseconds after which the same call may succeed. */
  retryAfterMs?: number;
  requestId?: string;
}

/** What a socket door acknowledges with. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: Problem };
