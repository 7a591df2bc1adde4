import { PrivateAddress } from './reach.js';

/** A mail server's refusal in words for whoever typed the settings, and the setting that is most likely wrong. */
export interface Explanation {
  field: 'host' | 'port' | 'secure' | 'user' | 'password';
  words: string;
  /** Trying again will not help until somebody changes the settings. */
  isLogin: boolean;
}

/** Pure. Knows what imapflow, nodemailer and the system call their errors. */
export function explain(error: unknown, server: { host: string; port: number }): Explanation {
  const { code, originalCode, message, response } = partsOf(error);
  const codes = [code, originalCode];
  const is = (...known: string[]) => codes.some((one) => one !== undefined && known.includes(one));
  const place = `${server.host}:${server.port}`;
  const about = (field: Explanation['field'], words: string) => ({ field, words, isLogin: false });
  if (error instanceof PrivateAddress)
    return about('host', `${server.host} is in a private network, which is not allowed here.`);
  if (isLogin(error))
    return { field: 'password', words: said('The server refused this user or password', response), isLogin: true };
  if (is('ENOTFOUND', 'EAI_AGAIN', 'EDNS')) return about('host', `There is no server with the name ${server.host}.`);
  if (is('ECONNREFUSED')) return about('port', `Nothing answers at ${place}: the connection was refused.`);
  if (is('EHOSTUNREACH', 'ENETUNREACH')) return about('host', `${place} can not be reached from here.`);
  if (is('ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'GREEETING_TIMEOUT', 'UPGRADE_TIMEOUT'))
    return about('port', `${place} did not answer in time.`);
  if (isTls(codes, message)) return about('secure', `TLS does not work with ${place}: ${message}`);
  return about('host', said(`${place} can not be used`, response ?? message));
}

function partsOf(error: unknown) {
  const { code, originalCode, message, response, responseText } = (error ?? {}) as {
    [name: string]: unknown;
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    code: text(code),
    originalCode: text(originalCode),
    message: text(message) ?? String(error),
    response: text(responseText) ?? text(response),
  };
}

/** Whether the server was reached and did not want this user. */
export function isLogin(error: unknown): boolean {
  const { code } = partsOf(error);
  return code === 'EAUTH' || code === 'ENOAUTH' || (error instanceof Error && 'authenticationFailed' in error);
}

const isTls = (codes: (string | undefined)[], message: string): boolean =>
  codes.some(
    (code) => code !== undefined && /^(ETLS$|ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code),
  ) || /\bssl\b|\btls\b|certificate/i.test(message);

const said = (words: string, answer: string | undefined): string =>
  answer ? `${words}: ${answer.slice(0, 300)}` : `${words}.`;
