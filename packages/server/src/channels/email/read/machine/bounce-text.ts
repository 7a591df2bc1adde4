const address = /[^\s<>"'()[\]:;,|=]{1,120}@[a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?/gi;
const mostLines = 2000;

/** The addresses a report in plain words says it could not reach: most exact hint first. */
export function failedInText(text: string, own: ReadonlySet<string>): string[] {
  const lines = aboveReturnedMail(text).filter((line) => line.length < 2000);
  for (const hint of [labelledLine, failureLine, leadingAddress, anyAddress]) {
    const found = lines.filter((line) => hint.test(line)).flatMap((line) => line.match(address) ?? []);
    const others = found.filter((found) => !own.has(found.toLowerCase()) && !senderOfReport.test(found));
    if (others.length > 0) return others;
  }
  return [];
}

/** `<ana@example.com>: …` of Postfix and qmail, `Error-for:`, `RCPT TO:`. */
const labelledLine =
  /^\s{0,9}(<[^<>\s]{1,200}@[^<>\s]{1,200}>( \(expanded from |:|\s{0,3}$)|(error-for|final-recipient|failed recipient|rcpt to|recipient)\s?:)/i;

const failureLine =
  /(unknown|undeliver|not deliver|failed|invalid|rejected|rcpt to|no such|does not exist|is full).{0,100}@|@.{0,120}(unknown|undeliver|failed|invalid|rejected|no such|does not exist|not found|over quota)/i;

const leadingAddress = /^(\s{0,9}\(expanded from: )?\W{0,9}[^\s<>]{1,120}@[^\s<>]{1,120}/;
const anyAddress = /@/;
const senderOfReport = /^(mailer-?daemon|postmaster)@/i;

/** The report without the copy of the mail that came back. */
export function aboveReturnedMail(text: string): string[] {
  const lines = text.split('\n', mostLines);
  const end = lines.findIndex((line, index) => index > 0 && startsReturned(line));
  return end < 0 ? lines : lines.slice(0, end);
}

function startsReturned(line: string): boolean {
  return (
    /^[>\s]{0,9}(received|return-path|message-id|mime-version|x-mailer|dkim-signature): ?\S/i.test(line) ||
    /^[-_=*| ]{0,60}((this|below this line) is a copy|below this line|(original|returned|unsent|old) (message|mail)\b|(message|mail) (header|text|follows)|(the )?headers? of the original|copy of (the|your)|undelivered message).{0,80}$/i.test(
      line,
    )
  );
}

/** What the mail server said no to. One that took the recipient and refused the text knows the address, whatever it says. */
export function whatWasAnswered(lines: string[]): 'recipient' | 'text' | null {
  const said = lines.join('\n').slice(0, 20_000);
  if (answerToRecipient.test(said)) return 'recipient';
  return answerToData.test(said) ? 'text' : null;
}

const answerToData =
  /in reply to (the )?(end of )?data\b|after (the )?(end of data|data\b)|^[>\s]{0,9}>>> (data|\.)\s{1,9}[>\s]{0,9}<<< 5|smtp command:?\s{1,9}data\b/im;
/** A client that sends several commands at once hears of the recipient when it has already said DATA. */
const answerToRecipient = /\brcpt[ _]to\b|<<< 50[34]|need rcpt|no valid recipients/i;

/** The Message-ID in the copy of the mail that stands below the report. */
export function originalIdInText(text: string): string | null {
  return /^[ \t>|]{0,8}message-id:[ \t]{0,8}(<[^<>\s]{1,500}>)/im.exec(text)?.[1] ?? null;
}
