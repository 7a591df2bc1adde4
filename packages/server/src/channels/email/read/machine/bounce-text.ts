const address = /[^\s<>"'()[\]:;,|]{1,120}@[a-z0-9][a-z0-9.-]{1,120}[a-z0-9]/gi;
const mostLines = 2000;

/** The addresses a report in plain words says it could not reach. The returned mail below it is not read. */
export function failedInText(text: string): string[] {
  const lines = aboveReturnedMail(text);
  const marked = lines.flatMap((line) => (failureLine.test(line) ? addressesIn(line) : []));
  return marked.length > 0 ? marked : lines.flatMap((line) => (bareAddress.test(line) ? addressesIn(line) : []));
}

/** `<ana@example.com>: …` of Postfix and qmail, and lines that say so in words. */
const failureLine =
  /^\s{0,9}<[^<>\s]{1,200}@[^<>\s]{1,200}>(:|\s{0,3}$)|(unknown|undeliver|not deliver|failed|invalid|rejected|recipient|rcpt to|no such|does not exist).{0,100}@|@.{0,120}(unknown|undeliver|failed|invalid|rejected|no such|does not exist|not found|over quota)/i;

const bareAddress = /^\W{0,9}[^\s<>]{1,120}@[^\s<>]{1,120}\W{0,3}(\s{1,4}\(.{0,80}\))?\s{0,5}$/;

function addressesIn(line: string): string[] {
  return line.slice(0, 2000).match(address) ?? [];
}

function aboveReturnedMail(text: string): string[] {
  const lines = text.split('\n', mostLines);
  const end = lines.findIndex((line, index) => index > 0 && startsReturned(line));
  return end < 0 ? lines : lines.slice(0, end);
}

function startsReturned(line: string): boolean {
  return (
    /^(received|return-path|message-id|mime-version|x-mailer|dkim-signature): ?\S/i.test(line) ||
    /^[-_= ]{2,60}(this is a copy|below this line|original (message|mail)|returned message|message (header|text|follows)|the (header|body|first)|unsent message|copy of|undelivered message).{0,80}$/i.test(
      line,
    )
  );
}

/** The Message-ID in the copy of the mail that stands below the report. */
export function originalIdInText(text: string): string | null {
  return /^[ \t>|]{0,8}message-id:[ \t]{0,8}(<[^<>\s]{1,500}>)/im.exec(text)?.[1] ?? null;
}
