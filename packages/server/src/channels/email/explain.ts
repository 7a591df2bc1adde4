import { PrivateAddress } from './reach.js';
import { say } from './texts.js';

/** A mail server's refusal in words for whoever typed the settings, and the setting that is most likely wrong. */
export interface Explanation {
  field: 'host' | 'port' | 'secure' | 'user' | 'password';
  words: string;
  /** The server was reached, and trying again will not help until somebody changes the settings. */
  isLogin: boolean;
}

/** Pure. Knows what imapflow, nodemailer and the system call their errors. */
export function explain(error: unknown, { host, port }: { host: string; port: number }): Explanation {
  const { codes, message, answer } = partsOf(error);
  const is = (...known: string[]) => codes.some((code) => known.includes(code));
  const because = (field: Explanation['field'], key: Parameters<typeof say>[0]) => ({
    field,
    words: say(key, { host, port, answer: (answer || message).slice(0, 300) }).trim(),
    isLogin: key === 'mailserver.login',
  });
  if (error instanceof PrivateAddress) return because('host', 'mailserver.private');
  if (is('EAUTH', 'ENOAUTH') || isRefusedLogin(error)) return because('password', 'mailserver.login');
  if (is('ENOTFOUND', 'EAI_AGAIN', 'EDNS')) return because('host', 'mailserver.no_such_host');
  if (is('ECONNREFUSED')) return because('port', 'mailserver.refused');
  if (is('EHOSTUNREACH', 'ENETUNREACH')) return because('host', 'mailserver.unreachable');
  if (is('ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'GREEETING_TIMEOUT', 'UPGRADE_TIMEOUT'))
    return because('port', 'mailserver.no_answer');
  if (codes.some((code) => tlsCode.test(code)) || tlsWord.test(message)) return because('secure', 'mailserver.tls');
  return because('host', 'mailserver.unusable');
}

const tlsCode = /^(ETLS$|ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
const tlsWord = /\bssl\b|\btls\b|certificate/i;

function partsOf(error: unknown) {
  const { code, originalCode, message, response, responseText } = (error ?? {}) as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  return {
    codes: [code, originalCode].filter(isText),
    message: isText(message) ? message : String(error),
    answer: [responseText, response].find(isText) ?? '',
  };
}

const isRefusedLogin = (error: unknown): boolean => error instanceof Error && 'authenticationFailed' in error;
