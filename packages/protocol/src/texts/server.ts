import type { ErrorCode } from '../errors.js';
import type { Catalogue } from './translate.js';

type MailText = 'mail.greeting' | 'mail.footer' | 'mail.subject_of_chat' | 'mail.no_subject';

/** What the server says: the titles of errors, and the fixed parts of mails. */
export const serverTexts: Catalogue<ErrorCode | MailText> = {
  en: {
    bad_request: 'The request is not as the contract says.',
    unauthenticated: 'Please sign in.',
    wrong_credentials: 'The e-mail address or the password is wrong.',
    forbidden: 'You may not do this.',
    origin_not_allowed: 'This site may not use this inbox.',
    not_found: 'There is no such thing.',
    conflict: 'This id was already used for something else.',
    stale: 'There is something new in this conversation that you have not seen.',
    already_done: 'This is already so.',
    no_recipient: 'There is no address to send this to.',
    too_large: 'This is too large.',
    unprocessable: 'This can not be done as it is.',
    mailbox_unreachable: 'The mail server can not be used with these settings.',
    too_many: 'Too many requests. Please wait a moment.',
    internal: 'Something went wrong on our side.',
    busy: 'The server has too much to do at the moment.',
    timeout: 'This took too long; whether it was done is not known.',
    'mail.greeting': 'Hello,',
    'mail.footer': 'You can answer this mail. It reaches the same conversation.',
    'mail.subject_of_chat': 'Your conversation with {brand}',
    'mail.no_subject': '(no subject)',
  },
  de: {
    bad_request: 'Die Anfrage entspricht nicht dem Vertrag.',
    unauthenticated: 'Bitte melden Sie sich an.',
    wrong_credentials: 'E-Mail-Adresse oder Passwort ist falsch.',
    forbidden: 'Das dürfen Sie nicht.',
    origin_not_allowed: 'Diese Seite darf diesen Posteingang nicht benutzen.',
    not_found: 'Das gibt es nicht.',
    conflict: 'Diese Kennung wurde schon für etwas anderes benutzt.',
    stale: 'In diesem Gespräch gibt es etwas Neues, das Sie noch nicht gesehen haben.',
    already_done: 'Das ist schon so.',
    no_recipient: 'Es gibt keine Adresse, an die das gehen kann.',
    too_large: 'Das ist zu groß.',
    unprocessable: 'So lässt sich das nicht machen.',
    mailbox_unreachable: 'Der Mailserver lässt sich mit diesen Angaben nicht benutzen.',
    too_many: 'Zu viele Anfragen. Bitte warten Sie einen Moment.',
    internal: 'Bei uns ist etwas schiefgegangen.',
    busy: 'Der Server hat gerade zu viel zu tun.',
    timeout: 'Das hat zu lange gedauert; ob es geschehen ist, ist nicht bekannt.',
    'mail.greeting': 'Guten Tag,',
    'mail.footer': 'Sie können auf diese Mail antworten. Die Antwort landet im selben Gespräch.',
    'mail.subject_of_chat': 'Ihr Gespräch mit {brand}',
    'mail.no_subject': '(kein Betreff)',
  },
};
