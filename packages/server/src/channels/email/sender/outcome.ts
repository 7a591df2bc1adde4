/** Somebody whom the server did not take the mail for, while it took it for others. */
export interface Refused {
  address: string;
  detail: string;
  /** It may be tried again. */
  passing: boolean;
}

/** How one try to send a mail ended. */
export type Outcome =
  | { state: 'failed' | 'unknown'; detail: string | null }
  | { state: 'sent'; detail: string | null; refused: Refused[] }
  /** Nothing was handed over; the same mail may be tried again. */
  | { state: 'retry'; detail: string; isLogin: boolean }
  /** Somebody else has the mail now. */
  | { state: 'lost' }
  /** Nothing was tried. */
  | { state: 'put_back' };

/**
 * Pure. A clear answer of the server counts whenever it came. Without one it matters whether the text was already on its
 * way: then the server may have taken it, and nobody may send it again by himself.
 */
export function classify(error: unknown, dataBegan: boolean): Outcome {
  const { code, responseCode, response, message } = (error ?? {}) as Record<string, unknown>;
  const detail = String(response || message || error).slice(0, 500);
  const isLogin = code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2';
  if (isLogin) return { state: 'retry', detail, isLogin };
  if (typeof responseCode === 'number' && responseCode > 0) {
    return isPassing(responseCode) ? { state: 'retry', detail, isLogin } : { state: 'failed', detail };
  }
  if (dataBegan) return { state: 'unknown', detail };
  const isOurs = code === 'EMESSAGE' || code === 'EENVELOPE';
  return isOurs ? { state: 'failed', detail } : { state: 'retry', detail, isLogin };
}

export const isPassing = (responseCode: number): boolean => responseCode < 500 || responseCode === 503;
