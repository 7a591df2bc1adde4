import { providerOfHost } from '@helpline/protocol';
import { NoToken } from './oauth/refusal.js';
import { isRefusedLogin, PrivateAddress } from './reach.js';
import { say } from './texts.js';

/** A mail server's refusal in words for whoever typed the settings, and the setting that is most likely wrong. */
export interface Explanation {
  field: 'host' | 'port' | 'secure' | 'user' | 'password';
  words: string;
  /** The server was reached, and trying again will not help until somebody changes the settings. */
  isLogin: boolean;
}

interface Place {
  host: string;
  port: number;
  secure: boolean;
  /** Somebody signed in for it at its provider: there is no password that could be wrong. */
  byToken?: boolean;
}

/** Pure. What is wrong and what to do about it. Knows what imapflow, nodemailer and the system call their errors. */
export function explain(error: unknown, place: Place): Explanation {
  if (error instanceof NoToken) return { field: 'user', words: error.message, isLogin: error.isOver };
  const told = partsOf(error);
  const { field, key } =
    error instanceof PrivateAddress ? privatePlace : (connection(told, place) ?? refusal(error, told, place));
  const isLogin = loginKeys.includes(key);
  const { host, port, byToken = false } = place;
  const provider = isLogin && !byToken ? providerOfHost(host) : undefined;
  const hint = provider ? ` ${say(`mailserver.hint.${provider.id}`)}` : '';
  const answer = (told.answer || told.message).slice(0, 300);
  return { field, words: `${say(key, { host, port, answer }).trim()}${hint}`, isLogin };
}

const loginKeys: Finding['key'][] = [
  'mailserver.login',
  'mailserver.sign_in',
  'mailserver.imap_off',
  'mailserver.smtp_off',
  'mailserver.not_opened',
];

interface Finding {
  field: Explanation['field'];
  key: Parameters<typeof say>[0];
}

const privatePlace: Finding = { field: 'host', key: 'mailserver.private' };

/** What kept us from speaking with the server; null if that was not it. */
function connection(told: Told, { port, secure }: Place): Finding | null {
  const is = (...known: string[]) => told.codes.some((code) => known.includes(code));
  if (is('ENOTFOUND', 'EAI_AGAIN', 'EDNS')) return { field: 'host', key: 'mailserver.no_such_host' };
  if (is('ECONNREFUSED')) return { field: 'port', key: 'mailserver.refused' };
  if (is('EHOSTUNREACH', 'ENETUNREACH')) return { field: 'host', key: 'mailserver.unreachable' };
  const other = otherServer(told, port);
  if (other) return { field: 'port', key: other };
  if (is('ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'GREEETING_TIMEOUT', 'UPGRADE_TIMEOUT'))
    return !secure && [993, 465].includes(port)
      ? { field: 'secure', key: 'mailserver.tls_wanted' }
      : { field: 'port', key: 'mailserver.no_answer' };
  const key = certificate(told);
  if (key) return { field: 'host', key };
  if (secure && /wrong version number|packet length too long|http request/i.test(told.message))
    return { field: 'secure', key: 'mailserver.tls_too_early' };
  const isTls = told.codes.some((code) => tlsCode.test(code)) || tlsWord.test(told.message);
  return isTls ? { field: 'secure', key: 'mailserver.tls' } : null;
}

/** Servers greet each in their own manner. imapflow does not tell how: it waits in vain for the greeting of an IMAP server. */
function otherServer({ codes, message, answer }: Told, port: number): Finding['key'] | null {
  if (codes.some((code) => /^GREE+TING_TIMEOUT$/.test(code))) {
    if ([25, 465, 587].includes(port)) return 'mailserver.is_smtp';
    return [110, 995].includes(port) ? 'mailserver.is_pop3' : null;
  }
  if (!codes.includes('EPROTOCOL')) return null;
  const greeting = `${answer}\n${message}`;
  if (/(^|[\s=])\* (OK|PREAUTH|BYE)\b/.test(greeting)) return 'mailserver.is_imap';
  return /(^|[\s=])\+OK\b/.test(greeting) ? 'mailserver.is_pop3' : 'mailserver.is_something_else';
}

function certificate({ codes, message }: Told): Finding['key'] | null {
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code)) || pattern.test(message);
  if (is(/CERT_HAS_EXPIRED|certificate has expired/i)) return 'mailserver.cert_expired';
  if (is(/ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate/i)) return 'mailserver.cert_name';
  if (is(/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|self.signed|unable to verify the first/i))
    return 'mailserver.cert_self_signed';
  return null;
}

/** What the server said no to. */
function refusal(error: unknown, { codes, answer }: Told, { byToken }: Place): Finding {
  if (/not enabled for imap|enable imap|imap (access )?is (disabled|not enabled)/i.test(answer))
    return { field: 'user', key: 'mailserver.imap_off' };
  if (/SmtpClientAuthentication is disabled/i.test(answer)) return { field: 'user', key: 'mailserver.smtp_off' };
  if (/authenticated but not connected/i.test(answer)) return { field: 'user', key: 'mailserver.not_opened' };
  if (/too many (simultaneous )?connections|maximum number of connections/i.test(answer))
    return { field: 'user', key: 'mailserver.too_many' };
  const isLogin = codes.includes('ENOAUTH') || isRefusedLogin(error);
  if (!isLogin) return { field: 'host', key: 'mailserver.unusable' };
  return byToken ? { field: 'user', key: 'mailserver.sign_in' } : { field: 'password', key: 'mailserver.login' };
}

const tlsCode = /^(ETLS$|ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
const tlsWord = /\bssl\b|\btls\b|certificate/i;

interface Told {
  codes: string[];
  message: string;
  /** What the server itself said. */
  answer: string;
}

function partsOf(error: unknown): Told {
  const { code, originalCode, message, response, responseText } = (error ?? {}) as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  return {
    codes: [code, originalCode].filter(isText),
    message: isText(message) ? message : String(error),
    answer: [responseText, response].find(isText) ?? '',
  };
}
