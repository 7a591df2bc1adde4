/** Why a mail came back, as far as it matters: is the address dead, or may it work another day? */
export type Reason = 'dead' | 'refused' | 'unclear';

/** The words of mail servers first, since their codes are often wrong; then the enhanced status; then the reply code. */
export function readReason(diagnostic: string, status: string | null): Reason {
  const text = diagnostic.slice(0, 20_000).replace(/\s+/g, ' ');
  if (refusedWords.test(text)) return 'refused';
  if (deadWords.test(text)) return 'dead';
  const code =
    status && !/^[45]\.0\.0$/.test(status) ? status : (/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? status);
  if (code && deadCodes.has(code)) return 'dead';
  return code ? 'refused' : 'unclear';
}

const deadCodes = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4', '5.1.0']);

/** The address may be right: full, blocked, too big, too many, greylisted, expired, disabled, spam, policy. */
const refusedWords =
  /quota|mailbox (is )?(full|exceed)|over.?quota|too (large|big|many)|size (limit|exceed)|exceed(s|ed)|spam|virus|blocked|black.?list|blocklist|denied|policy|dmarc|dkim|\bspf\b|reputation|rate limit|greylist|try again|temporar|timed? ?out|timeout|expired|disabled|suspended|inactive|not active|loop|too many hops|relay|rejected for|content|filter|banned|throttl|insufficient|disk|resources|refused|unauthenticated|authenticat|restricted|permission|not allowed|not permitted/i;

const deadWords =
  /(user|recipient|account|mailbox|address|addressee|alias|member|name|inbox)\W{0,3}.{0,60}(unknown|not found|doesn.?t exist|does not exist|no such|not exist|invalid|not recogni[sz]ed|not known|isn.?t|not our customer|no longer)|unknown (user|recipient|local|address|mailbox|account)|no such (user|recipient|mailbox|person|account|address|local)|no mailbox here|invalid (recipient|mailbox|user|address)|not a (valid|known)|user unknown|host (unknown|not found)|unknown host|domain (name )?(not found|does not exist|invalid)|unroutable|nxdomain|no such domain|has moved|moved to|no longer|bad destination|unrouteable/i;
