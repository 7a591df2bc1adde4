import type { ErrorCode } from '../errors.js';
import type { MailProvider } from '../mail-providers.js';
import type { Catalogue } from './translate.js';

type MailText =
  | 'mail.greeting'
  | 'mail.footer'
  | 'mail.subject_of_chat'
  | 'mail.no_subject'
  | 'mail.unreadable'
  | 'mail.left_in_mailbox'
  | 'mail.page'
  | 'mail.original_gone'
  | 'mail.quoted'
  | 'mail.unsubscribe'
  | `unsubscribe.${'title' | 'ask' | 'yes' | 'done' | 'one' | 'no_address'}`
  | 'mail.files'
  | `delivery.${'too_old' | 'no_address' | 'own_mailbox' | 'gone' | 'no_mailbox' | 'broke_off' | 'restored'}`
  | `sending.${'alias_taken' | 'bad_key' | 'no_key'}`
  | `call_back.${'sending' | 'in_chat'}`
  | 'mail.forwarded'
  | `mail.forwarded.${'from' | 'date' | 'subject' | 'to' | 'cc'}`
  | 'delivery.customer_wrote'
  | 'delivery.do_not_contact'
  | `mailserver.${'private' | 'login' | 'no_such_host' | 'refused' | 'unreachable' | 'no_answer' | 'tls' | 'unusable'}`
  | `mailserver.${'imap_off' | 'too_many' | 'tls_too_early' | 'tls_wanted'}`
  | `mailserver.${'sign_in' | 'smtp_off' | 'not_opened'}`
  | `signin.${'cancelled' | 'admin' | 'used' | 'other_account' | 'not_whole'}`
  | `signin.${'ended' | 'unreachable' | 'client' | 'not_set_up' | 'none'}`
  | `mailserver.cert_${'expired' | 'name' | 'self_signed'}`
  | `mailserver.is_${'imap' | 'smtp' | 'pop3' | 'something_else'}`
  | `mailserver.hint.${MailProvider['id']}`
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
    at_capacity: 'This agent has as much as he can take.',
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
    'mail.original_gone': 'The original of this mail is not kept any more.',
    'mail.quoted': 'Quoted text',
    'mail.unsubscribe': 'If you want no more mails from us: {link}',
    'unsubscribe.title': 'No more mails',
    'unsubscribe.ask': 'Shall nothing more be sent to {address}?',
    'unsubscribe.yes': 'Send me nothing more',
    'unsubscribe.done': 'Nothing more will be sent to {address}.',
    'unsubscribe.one': 'A mail of many alike goes to one person each.',
    'unsubscribe.no_address':
      'Mails of many alike need PUBLIC_URL, so that whoever gets one can say that he wants no more.',
    'mail.files': 'Files to download, until {date}:',
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
    'mailserver.sign_in': 'The server does not let in whoever signed in. {answer}',
    'mailserver.smtp_off':
      'Sending by SMTP is switched off for this mailbox. At Microsoft 365 an administrator switches on "Authenticated SMTP" for it.',
    'mailserver.not_opened':
      'The sign-in is right, but the mailbox was not opened: IMAP is switched off for it, or whoever signed in may not open it.',
    'signin.cancelled': 'The sign-in at {provider} was cancelled, or access to the mail was not allowed. {answer}',
    'signin.admin': 'An administrator of your organisation must allow Helpline at {provider} first. {answer}',
    'signin.used': 'This sign-in was used already, or took too long. Please begin again.',
    'signin.other_account':
      'You signed in at {provider} as {account}, but the mailbox is {address}. Sign in as {address}, or type the address {account}.',
    'signin.not_whole':
      '{provider} did not allow everything: Helpline must read and send mail, also while nobody is here. Sign in again and allow all of it.',
    'signin.ended': '{provider} lets Helpline into this mailbox no more. Please sign in again. {answer}',
    'signin.unreachable':
      'The sign-in service of {provider} can not be asked for a new key; it is tried again. {answer}',
    'signin.client':
      '{provider} does not accept what Helpline is registered with. Whoever runs this server must check {variables}. {answer}',
    'signin.not_set_up':
      'Signing in at this provider is not set up here. Whoever runs this server must register Helpline there.',
    'signin.none': 'Nobody has signed in for this mailbox. Please sign in.',
    'mailserver.imap_off':
      'The server does not let programs in by IMAP. Switch IMAP on in the settings of the mail account. {answer}',
    'mailserver.too_many':
      'Too many programs are connected to this mail account. Close some, or wait a few minutes. {answer}',
    'mailserver.tls_too_early':
      '{host}:{port} does not begin with TLS. Switch off "TLS from the first byte", or use port 993 for receiving and 465 for sending.',
    'mailserver.tls_wanted':
      '{host}:{port} did not answer in time. This port usually begins with TLS: switch on "TLS from the first byte".',
    'mailserver.cert_expired': 'The certificate of {host} has expired. Whoever runs the server must renew it.',
    'mailserver.cert_name':
      'The certificate of this server is not made out for {host}. Use the name that the provider gives for its server. {answer}',
    'mailserver.cert_self_signed':
      'The certificate of {host} is self-signed or by an issuer that nobody knows here. The server needs one of a public issuer.',
    'mailserver.is_imap': 'At {host}:{port} is an IMAP server, for receiving. For sending, use port 465 or 587.',
    'mailserver.is_smtp': 'At {host}:{port} is an SMTP server, for sending. For receiving, use port 993 or 143.',
    'mailserver.is_pop3': 'At {host}:{port} is a POP3 server. Helpline receives by IMAP: use port 993 or 143.',
    'mailserver.is_something_else': 'At {host}:{port} is no mail server that Helpline can talk to. {answer}',
    'mailserver.hint.gmail':
      'Google takes no account passwords here: switch on 2-step verification, make an app password in the Google account (Security, App passwords), and type that.',
    'mailserver.hint.microsoft': 'Microsoft takes no passwords here any more: sign in with Microsoft instead.',
    'mailserver.hint.yahoo':
      'Yahoo takes no account passwords here: make an app password (Account security, Generate app password), and type that.',
    'mailserver.hint.icloud':
      'Apple takes no account passwords here: make an app-specific password at account.apple.com, and type that. The user is the address.',
    'mailserver.hint.fastmail':
      'Fastmail takes no account passwords here: make an app password (Settings, Privacy & Security), and type that.',
    'mailserver.hint.zoho':
      'Zoho must have IMAP switched on (Settings, Mail Accounts). With two-factor sign-in, make an app-specific password. Accounts outside the United States have servers of their own, such as imap.zoho.eu.',
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
    at_capacity: 'Mehr kann diese Person gerade nicht übernehmen.',
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
    'mail.original_gone': 'Das Original dieser Mail wird nicht mehr aufbewahrt.',
    'mail.quoted': 'Zitierter Text',
    'mail.unsubscribe': 'Wenn Sie keine Mails mehr von uns wünschen: {link}',
    'unsubscribe.title': 'Keine Mails mehr',
    'unsubscribe.ask': 'Soll an {address} nichts mehr gesendet werden?',
    'unsubscribe.yes': 'Senden Sie mir nichts mehr',
    'unsubscribe.done': 'An {address} wird nichts mehr gesendet.',
    'unsubscribe.one': 'Eine von vielen gleichen Mails geht an je eine Person.',
    'unsubscribe.no_address':
      'Viele gleiche Mails brauchen PUBLIC_URL, damit man sie mit einem Klick abbestellen kann.',
    'mail.files': 'Dateien zum Herunterladen, bis {date}:',
    'delivery.too_old': 'Sie ist älter als zwei Tage. Schreiben Sie noch einmal, wenn sie noch gebraucht wird.',
    'delivery.no_address': 'Es gibt keine Adresse, an die sie gehen kann.',
    'delivery.own_mailbox': '{address} ist eines unserer eigenen Postfächer.',
    'delivery.gone': 'Der Text wurde entfernt, bevor er gesendet war.',
    'delivery.no_mailbox': 'Die Marke hat kein Postfach, von dem sie gehen kann.',
    'delivery.broke_off': 'Das Senden brach mittendrin ab. Die Mail ist vielleicht angekommen.',
    'delivery.restored':
      'Die Datenbank wurde aus einer Sicherung wiederhergestellt. Vielleicht ging die Mail seit der Sicherung hinaus.',
    'delivery.customer_wrote': 'Der Kunde hat vorher noch geschrieben. Senden Sie es noch einmal, wenn es noch stimmt.',
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
    'mailserver.sign_in': 'Der Server lässt nicht ein, wer sich angemeldet hat. {answer}',
    'mailserver.smtp_off':
      'Der Versand über SMTP ist für dieses Postfach ausgeschaltet. Bei Microsoft 365 schaltet die Administration dafür „Authentifiziertes SMTP“ ein.',
    'mailserver.not_opened':
      'Die Anmeldung stimmt, aber das Postfach wurde nicht geöffnet: IMAP ist dafür ausgeschaltet, oder wer sich angemeldet hat, darf es nicht öffnen.',
    'signin.cancelled':
      'Die Anmeldung bei {provider} wurde abgebrochen, oder der Zugriff auf die Mails wurde nicht erlaubt. {answer}',
    'signin.admin': 'Die Administration Ihrer Organisation muss Helpline bei {provider} erst zulassen. {answer}',
    'signin.used': 'Diese Anmeldung wurde schon benutzt oder hat zu lange gedauert. Bitte beginnen Sie noch einmal.',
    'signin.other_account':
      'Sie haben sich bei {provider} als {account} angemeldet, das Postfach ist aber {address}. Melden Sie sich als {address} an, oder geben Sie die Adresse {account} ein.',
    'signin.not_whole':
      '{provider} hat nicht alles erlaubt: Helpline muss Mails lesen und senden können, auch wenn niemand da ist. Melden Sie sich noch einmal an, und erlauben Sie alles.',
    'signin.ended': '{provider} lässt Helpline nicht mehr in dieses Postfach. Bitte melden Sie sich neu an. {answer}',
    'signin.unreachable':
      'Der Anmeldedienst von {provider} gibt gerade keinen neuen Schlüssel; es wird wieder versucht. {answer}',
    'signin.client':
      '{provider} nimmt nicht an, womit Helpline dort angemeldet ist. Wer diesen Server betreibt, muss {variables} prüfen. {answer}',
    'signin.not_set_up':
      'Die Anmeldung bei diesem Anbieter ist hier nicht eingerichtet. Wer diesen Server betreibt, muss Helpline dort registrieren.',
    'signin.none': 'Für dieses Postfach hat sich niemand angemeldet. Bitte melden Sie sich an.',
    'mailserver.imap_off':
      'Der Server lässt keine Programme über IMAP hinein. Schalten Sie IMAP in den Einstellungen des Mailkontos ein. {answer}',
    'mailserver.too_many':
      'Zu viele Programme sind mit diesem Mailkonto verbunden. Beenden Sie einige, oder warten Sie ein paar Minuten. {answer}',
    'mailserver.tls_too_early':
      '{host}:{port} beginnt nicht mit TLS. Schalten Sie „TLS ab dem ersten Byte“ aus, oder nehmen Sie Port 993 für den Empfang und 465 für den Versand.',
    'mailserver.tls_wanted':
      '{host}:{port} hat nicht rechtzeitig geantwortet. Dieser Port beginnt gewöhnlich mit TLS: Schalten Sie „TLS ab dem ersten Byte“ ein.',
    'mailserver.cert_expired': 'Das Zertifikat von {host} ist abgelaufen. Wer den Server betreibt, muss es erneuern.',
    'mailserver.cert_name':
      'Das Zertifikat dieses Servers ist nicht auf {host} ausgestellt. Nehmen Sie den Namen, den der Anbieter für seinen Server nennt. {answer}',
    'mailserver.cert_self_signed':
      'Das Zertifikat von {host} ist selbst ausgestellt oder von einer hier unbekannten Stelle. Der Server braucht eines von einer öffentlichen Stelle.',
    'mailserver.is_imap':
      'Unter {host}:{port} ist ein IMAP-Server, für den Empfang. Nehmen Sie für den Versand Port 465 oder 587.',
    'mailserver.is_smtp':
      'Unter {host}:{port} ist ein SMTP-Server, für den Versand. Nehmen Sie für den Empfang Port 993 oder 143.',
    'mailserver.is_pop3':
      'Unter {host}:{port} ist ein POP3-Server. Helpline empfängt über IMAP: Nehmen Sie Port 993 oder 143.',
    'mailserver.is_something_else': 'Unter {host}:{port} ist kein Mailserver, mit dem Helpline sprechen kann. {answer}',
    'mailserver.hint.gmail':
      'Google nimmt hier kein Kontopasswort an: Schalten Sie die Bestätigung in zwei Schritten ein, erzeugen Sie im Google-Konto ein App-Passwort (Sicherheit, App-Passwörter), und geben Sie dieses ein.',
    'mailserver.hint.microsoft': 'Microsoft nimmt hier keine Passwörter mehr an: Melden Sie sich bei Microsoft an.',
    'mailserver.hint.yahoo':
      'Yahoo nimmt hier kein Kontopasswort an: Erzeugen Sie ein App-Passwort (Kontosicherheit, App-Passwort generieren), und geben Sie dieses ein.',
    'mailserver.hint.icloud':
      'Apple nimmt hier kein Kontopasswort an: Erzeugen Sie auf account.apple.com ein anwendungsspezifisches Passwort, und geben Sie dieses ein. Der Benutzer ist die Adresse.',
    'mailserver.hint.fastmail':
      'Fastmail nimmt hier kein Kontopasswort an: Erzeugen Sie ein App-Passwort (Einstellungen, Privacy & Security), und geben Sie dieses ein.',
    'mailserver.hint.zoho':
      'Bei Zoho muss IMAP eingeschaltet sein (Einstellungen, Mail-Konten). Mit Anmeldung in zwei Schritten brauchen Sie ein anwendungsspezifisches Passwort. Konten außerhalb der USA haben eigene Server, etwa imap.zoho.eu.',
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
