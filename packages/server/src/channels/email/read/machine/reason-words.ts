/** What mail servers say, in the languages they say it in. */
function anyOf(...wordings: string[]): RegExp {
  return new RegExp(wordings.join('|'), 'iu');
}

/** The sender is refused: that says nothing of the recipient. */
export const senderWords = anyOf(
  String.raw`\bsender\b.{0,60}(reject|denied|invalid|unknown|not exist|verif|domain)`,
  'domain of sender|malformed|helo command|client host',
  'after mail from|mail from .{0,60}(reject|denied|refused)',
);

export const plainlyDeadWords = anyOf(
  String.raw`\b(unknown|no such|invalid|non-?existent) (local |e-?mail )?(user|recipient|mailbox|address|person|account)`,
  String.raw`\b(unknown|no such) (domain|host)`,
  String.raw`(user|recipient|mailbox|account|address|addressee)( \S{1,80})? (is )?(unknown|not found|not listed)`,
  String.raw`(user|recipient|mailbox|account|address|addressee)( \S{1,80})? (doesn.?t|does not|do not) exist`,
  String.raw`(user|recipient|mailbox|account|address|addressee)( \S{1,80})? (couldn.?t|could not|can.?t|cannot|can not) be found`,
  String.raw`unknown local.?part|undeliverable address|unknown (e-?)?mail address|\b(user invalid|user not local)\b`,
  'unknown or illegal alias|find alias user|not known at this|not present in (the )?directory',
  String.raw`(addresses|recipients|users) (were|are) unknown|\bno (one|user exists) (here|at this address)`,
  'no (mailbox|user|account|recipient) (here|by (that|this) name)|no valid recipients|not listed in|recipnotfound',
  'host (unknown|not found)|non-?existent hosts?|find (any host named|a mail exchanger)|domain (name )?not found|nxdomain|no mx record|unroute?able|null ?mx|domain is not reachable',
  String.raw`(host|domain|server)( \S{1,80})? (doesn.?t|does not) (accept|receive) (e-?)?mail`,
  'not accept(ing)? (e-?mail|any mail|network messages)',
  'recipient address rejected: access denied',
  '(benutzer|empfänger|adresse).{0,60}(unbekannt|existiert nicht|nicht gefunden)|unbekannte[rs]? (benutzer|empfänger|adresse)',
  '(utilisateur|destinataire|adresse).{0,60}(inconnu|invalide|n.existe pas|introuvable)',
  '(usuario|destinatario|dirección|buzón|cuenta).{0,60}(desconocid|no existe|no encontrad)',
  '(utente|destinatario|indirizzo|casella).{0,60}(sconosciut|inesistente|non esiste)',
  '(usuário|destinatário|endereço|conta).{0,60}(desconhecid|não existe|inexistente)',
  '(gebruiker|ontvanger|adres).{0,60}(onbekend|bestaat niet)',
  '(пользовател|получател|адрес|ящик).{0,60}(неизвест|не существует|не найден)',
  'no se ha encontrado la (dirección|cuenta)|no se encontró la dirección|(endereço|indirizzo) não encontrado|indirizzo non trovato',
  '(adres niet gevonden|adressen (hittades inte|blev ikke fundet|ble ikke funnet)|osoitetta ei löydy)',
  '(nie znaleziono adresu|adresa (nebyla )?nenalezena|adres bulunamadı|cím nem található|адресу не знайдено)|주소를 찾을 수|找不到(地址|收件人)',
  '(リスト|ディレクトリ).{0,20}(ありません|見つかりません)|(宛先|ユーザー?|アドレス|メールボックス).{0,60}(見つかりません|存在しません|不明)',
  '(收件人|用户|用戶|邮箱|郵箱|地址).{0,40}(不存在|未知|无效|無效)',
);

/** The address may be right: full, blocked, too big, too many, greylisted, expired, spam, policy. */
export const refusedWords = anyOf(
  'quota|(mailbox|inbox|account).{0,20} full|storage|insufficient|resources|disk',
  'too (large|big|many|fast)|size (limit|exceed)|exceed(s|ed|ing)',
  String.raw`\bspam|virus|malware|phish|unsolicited|content|filter|banned`,
  'block(ed|ing| ?list)|black ?list|spamhaus|reputation|complaint|reverse dns|ptr record',
  String.raw`policy|policies|dmarc|dkim|\bspf\b|authenticat|restricted|permission|not (allowed|permitted)|preferences`,
  'rate limit|throttl|gr[ea]y ?list|try again|try later|temporar|timed? ?out|expired|deferred|not yet been delivered',
  'suspended|disabled|frozen|locked',
  String.raw`\bloop|too many hops|relay|refused`,
  '(postfach|speicher|mailbox).{0,30} voll|pleine?|llen[oa]|pien[oa]|cheia|переполнен|容量|已满|已滿|いっぱい',
);

/** Vague: they count only where nothing else is said. */
export const deadWords = anyOf(
  String.raw`\b(user|recipient|account|mailbox|address|addressee|alias|member|name)\b.{0,60}(no longer|isn.?t|unavailable)`,
  String.raw`\b(user|recipient|account|mailbox|address|addressee|alias|member|name)\b.{0,60}(not (our customer|recogni[sz]ed|known|exist))`,
  String.raw`\b(user|account|mailbox|address)\b.{0,60}(closed|deleted|terminated|deactivated|discontinued)`,
  'not (a|our) (valid|known|registered|local|user|customer)|has (been )?moved|moved to|bad destination|(does not|doesn.?t) exist',
);
