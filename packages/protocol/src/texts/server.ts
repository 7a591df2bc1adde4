import type { ErrorCode } from '../errors.js';
import type { Catalogue } from './translate.js';

type MailText =
  | 'mail.greeting'
  | 'mail.footer'
  | 'mail.subject_of_chat'
  | 'mail.no_subject'
  | 'mail.unreadable'
  | 'mail.left_in_mailbox'
  | 'mail.page'
  | 'mail.quoted'
  | `delivery.${'too_old' | 'no_address' | 'own_mailbox' | 'gone' | 'no_mailbox' | 'broke_off' | 'restored'}`
  | `sending.${'alias_taken' | 'bad_key' | 'no_key'}`
  | `call_back.${'sending' | 'in_chat'}`
  | 'mail.forwarded'
  | `mail.forwarded.${'from' | 'date' | 'subject' | 'to' | 'cc'}`
  | 'delivery.customer_wrote'
  | 'delivery.do_not_contact'
  | `mailserver.${'private' | 'login' | 'no_such_host' | 'refused' | 'unreachable' | 'no_answer' | 'tls' | 'unusable'}`
  | 'mailbox.connected_already'
  | 'mailbox.no_such_folder';

/** What the server says: the titles of errors, the fixed parts of mails, and what became of mails. */
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
    do_not_contact: 'Nothing may be sent to this person.',
    too_late: 'It is too late for this.',
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
    'mail.unreadable': 'This mail could not be read ({why}). It is attached as it came.',
    'mail.left_in_mailbox': 'This mail has {megabytes} MB and was left in its mailbox. Only its head is attached.',
    'mail.page': 'Mail',
    'mail.quoted': 'Quoted text',
    'delivery.too_old': 'It is older than two days. Write again if it is still wanted.',
    'delivery.no_address': 'There is no address to send it to.',
    'delivery.own_mailbox': '{address} is one of our own mailboxes.',
    'delivery.gone': 'The text was removed before it was sent.',
    'delivery.no_mailbox': 'The brand has no mailbox to send it from.',
    'delivery.broke_off': 'Sending broke off in the middle. The mail may have arrived.',
    'delivery.restored': 'The database was restored from a backup. The mail may have been sent since that was taken.',
    'delivery.customer_wrote': 'The customer wrote before it was time to send it. Send it again if it is still right.',
    'delivery.do_not_contact': '{address} asked not to be contacted before it was sent.',
    'call_back.sending': 'The mail is on its way already.',
    'call_back.in_chat': 'The customer can read it in the chat already.',
    'mail.forwarded': 'Forwarded message',
    'mail.forwarded.from': 'From',
    'mail.forwarded.date': 'Date',
    'mail.forwarded.subject': 'Subject',
    'mail.forwarded.to': 'To',
    'mail.forwarded.cc': 'Cc',
    'sending.alias_taken': 'One of these addresses belongs to the mailbox {address}.',
    'sending.bad_key': 'This is not an RSA private key in PEM form.',
    'sending.no_key': 'Without a private key nothing can be signed.',
    'mailserver.private': '{host} is in a private network, which is not allowed here.',
    'mailserver.login': 'The server refused this user or password. {answer}',
    'mailserver.no_such_host': 'There is no server with the name {host}.',
    'mailserver.refused': 'Nothing answers at {host}:{port}: the connection was refused.',
    'mailserver.unreachable': '{host}:{port} can not be reached from here.',
    'mailserver.no_answer': '{host}:{port} did not answer in time.',
    'mailserver.tls': 'A secure connection to {host}:{port} is not possible: {answer}',
    'mailserver.unusable': '{host}:{port} can not be used: {answer}',
    'mailbox.connected_already': '{address} is connected already.',
    'mailbox.no_such_folder': 'The server has no folder {folder}.',
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
    do_not_contact: 'An diese Person darf nichts gesendet werden.',
    too_late: 'Dafür ist es zu spät.',
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
    'mail.unreadable': 'Diese Mail ließ sich nicht lesen ({why}). Sie hängt so an, wie sie kam.',
    'mail.left_in_mailbox': 'Diese Mail hat {megabytes} MB und blieb in ihrem Postfach. Nur ihr Kopf hängt an.',
    'mail.page': 'Mail',
    'mail.quoted': 'Zitierter Text',
    'delivery.too_old': 'Sie ist älter als zwei Tage. Schreiben Sie noch einmal, wenn sie noch gebraucht wird.',
    'delivery.no_address': 'Es gibt keine Adresse, an die sie gehen kann.',
    'delivery.own_mailbox': '{address} ist eines unserer eigenen Postfächer.',
    'delivery.gone': 'Der Text wurde entfernt, bevor er gesendet war.',
    'delivery.no_mailbox': 'Die Marke hat kein Postfach, von dem sie gehen kann.',
    'delivery.broke_off': 'Das Senden brach mittendrin ab. Die Mail ist vielleicht angekommen.',
    'delivery.restored':
      'Die Datenbank wurde aus einer Sicherung wiederhergestellt. Vielleicht ging die Mail seit der Sicherung hinaus.',
    'delivery.customer_wrote':
      'Der Kunde hat vorher noch geschrieben. Senden Sie es noch einmal, wenn es noch stimmt.',
    'delivery.do_not_contact': '{address} wollte nicht mehr angeschrieben werden, bevor es gesendet war.',
    'call_back.sending': 'Die Mail ist schon unterwegs.',
    'call_back.in_chat': 'Der Kunde kann es schon im Chat lesen.',
    'mail.forwarded': 'Weitergeleitete Nachricht',
    'mail.forwarded.from': 'Von',
    'mail.forwarded.date': 'Datum',
    'mail.forwarded.subject': 'Betreff',
    'mail.forwarded.to': 'An',
    'mail.forwarded.cc': 'Kopie',
    'sending.alias_taken': 'Eine dieser Adressen gehört zum Postfach {address}.',
    'sending.bad_key': 'Das ist kein privater RSA-Schlüssel in PEM-Form.',
    'sending.no_key': 'Ohne privaten Schlüssel lässt sich nichts signieren.',
    'mailserver.private': '{host} liegt in einem privaten Netz; das ist hier nicht erlaubt.',
    'mailserver.login': 'Der Server nimmt diesen Benutzer oder dieses Passwort nicht an. {answer}',
    'mailserver.no_such_host': 'Es gibt keinen Server mit dem Namen {host}.',
    'mailserver.refused': 'Unter {host}:{port} antwortet nichts: die Verbindung wurde abgelehnt.',
    'mailserver.unreachable': '{host}:{port} ist von hier aus nicht erreichbar.',
    'mailserver.no_answer': '{host}:{port} hat nicht rechtzeitig geantwortet.',
    'mailserver.tls': 'Eine sichere Verbindung zu {host}:{port} ist nicht möglich: {answer}',
    'mailserver.unusable': '{host}:{port} lässt sich nicht benutzen: {answer}',
    'mailbox.connected_already': '{address} ist schon verbunden.',
    'mailbox.no_such_folder': 'Der Server hat keinen Ordner {folder}.',
  },
};
