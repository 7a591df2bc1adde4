/** Why a mail came back, as far as it matters: is the address dead, or may it work another day? */
export type Reason = 'dead' | 'refused' | 'unclear';

/** Plain words of the mail server come before its codes, which are often wrong; vague words come after them. */
export function readReason(diagnostic: string, status: string | null): Reason {
  const text = diagnostic
    .slice(0, 20_000)
    .replace(/https?:\/\/([^/\s]{1,200})\S{0,500}/g, '$1')
    .replace(/\s+/g, ' ');
  if (status?.startsWith('4.') || senderWords.test(text)) return 'refused';
  if (plainlyDead.test(text)) return 'dead';
  if (refusedWords.test(text)) return 'refused';
  const code = meaningful(status) ?? meaningful(/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? null);
  if (code && deadCodes.has(code)) return 'dead';
  if (vaguelyDead.test(text)) return 'dead';
  return code ? 'refused' : 'unclear';
}

/** The reasons a report in words gives, line by line: several recipients fail for several reasons. */
export function readReasonOfText(lines: string[]): Reason {
  const reasons = lines.map((line) => readReason(line, null));
  if (reasons.includes('dead')) return 'dead';
  return reasons.includes('refused') ? 'refused' : readReason(lines.join(' '), null);
}

const deadCodes = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4']);

/** 5.0.0 and 4.0.0 say nothing. */
function meaningful(status: string | null): string | null {
  return status !== null && !/^[45]\.0\.0$/.test(status) ? status : null;
}

const senderWords =
  /\bsender\b.{0,60}(reject|denied|invalid|unknown|not exist|verif|domain)|domain of sender|malformed|after mail from|mail from .{0,60}(reject|denied|refused)/i;

const plainlyDead =
  /\b(unknown|no such) (user|recipient|mailbox|local user|address|person|account|domain|host)|(user|recipient|mailbox|account|address)( \S{1,80})? (is )?(unknown|not found|doesn.?t exist|does not exist|couldn.?t be found|could not be found|not listed)|no mailbox here|invalid (recipient|mailbox|user|address)|no valid recipients|not listed in|host (unknown|not found)|domain name not found|nxdomain|no mx record|unroute?able|null mx|recipnotfound|(not accept(ing)?) (e-?mail|any mail|network messages)|recipient address rejected: access denied|domain is not reachable/i;

/** The address may be right: full, blocked, too big, too many, greylisted, expired, spam, policy. */
const refusedWords =
  /quota|(mailbox|inbox|account).{0,20} full|too (large|big|many|fast)|size (limit|exceed)|exceed(s|ed|ing)|\bspam|virus|block(ed|ing| ?list)|black ?list|policy|policies|dmarc|dkim|\bspf\b|reputation|rate limit|gr[ea]y ?list|try again|temporar|timed? ?out|expired|suspended|disabled|spamhaus|\bloop|too many hops|relay|content|filter|banned|throttl|insufficient|resources|refused|authenticat|restricted|permission|not (allowed|permitted)|deferred|not yet been delivered/i;

const vaguelyDead =
  /\b(user|recipient|account|mailbox|address|addressee|alias|member|name)\b.{0,60}(no longer|isn.?t|not our customer|not recogni[sz]ed|not known|not exist|unavailable)|not a (valid|known)|has moved|moved to|bad destination|does not exist|doesn.?t exist/i;
