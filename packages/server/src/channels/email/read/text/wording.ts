/** The words mail programs put around other people's mails, in the languages they speak. Lower case. */
export const headerLabels = {
  from: words(
    'from|von|messaggio da|de|da|van|fra|från|lähettäjä|feladó|od|kimden|gönderen|від|от|от кого|відправник|отправитель|de la|expeditor|šalje|pošiljatelj|odesílatel|odosielateľ|nadawca|remetente|remitente|expéditeur|mittente|afzender|saatja|από|差出人|送信元|送信者|发件人|寄件者|보낸 사람|від кого|avsändare|nuo|отправлено от|подател|изпращач|αποστολέας|מאת|من|المرسل|از|प्रेषक|จาก|từ|người gửi|dari|寄件人|發件人|發信人|보낸사람|no|од|nork|從',
  ),
  date: words(
    'date|sent|datum|gesendet|gesendet am|fecha|enviado|enviado el|enviado em|enviada em|enviada|envoyé|envoyé le|data|inviato|verzonden|verzonden op|sendt|dato|skickat|lähetetty|päivämäärä|päiväys|pvm|elküldve|küldve|dátum|küldés dátuma|odesláno|odeslané|odoslané|odoslaná|poslané|wysłano|wysłane|wysłany|tarih|gönderme tarihi|gönderildi|gönderilen|message du|дата|отправлено|надіслано|відправлено|trimis|trimis la|poslano|kuupäev|ημερομηνία|στάλθηκε|日時|日付|送信日時|时间|发送时间|日期|寄件日期|보낸 날짜|날짜|dată|data wysłania|data de envio|fecha de envío|sendedatum|dátum odoslania|datum slanja|poslato|poslané dňa|изпратено|дата на изпращане|saadetud|išsiųsta|nosūtīts|datums|enviat|enviat el|נשלח|תאריך|تاريخ الإرسال|تم الإرسال|التاريخ|أُرسلت|تاریخ|भेजा गया|दिनांक|ส่ง|วันที่|đã gửi|ngày|dikirim|tanggal|sent on|发送日期|發送時間|寄件時間|日期和时间|보낸시간|보낸 시간|datum en tijd|відправка|skickat den|sendt den|terkirim|bidalia|saatmisaeg',
  ),
  to: words(
    'to|an|a|para|pour|pre|adresat|odbiorca|à|aan|til|till|vastaanottaja|címzett|komu|do|kime|alıcı|кому|кому:|către|la|prima|za|pro|destinataire|destinataires|destinatario|geadresseerde|mottaker|mottagare|modtager|kellele|προς|宛先|送信先|收件人|받는 사람|kam|до|destinatar|destinataris|per a|adressaat|gavėjas|получател|אל|إلى|प्रति|ถึง|đến|tới|kepada|untuk|收件者|收信人|받는사람|vastaanottajat|ke|nori|至',
  ),
  cc: words(
    'cc|cc:|copie à|kopie (cc)|kopie|kopia|kopi|copia|copie|cópia|kopio|másolat|másolatot kap|kópia|kópie|bilgi|копия|копія|dw|ccn|koopia|κοιν.|κοινοποίηση|抄送|副本|참조|kopija|kopie an|copie carbone|kp|con copia|cópia para|копие|עותק|نسخة|نسخة إلى|สำเนา|tembusan|đồng gửi|副本抄送|抄送人|参照|kopya|kopia till|c/c|copie à|a/c',
  ),
  subject: words(
    'subject|betreff|asunto|objet|oggetto|onderwerp|emne|sujet|ämne|aihe|tárgy|předmět|predmet|temat|tytuł|assunto|konu|тема|subiect|naslov|teema|θέμα|件名|主题|主旨|제목|zadeva|относно|assumpte|pealkiri|tēma|temats|הנושא|נושא|الموضوع|موضوع|विषय|เรื่อง|chủ đề|tiêu đề|subjek|perihal|標題|标题|ogg|όνομα θέματος|asunto del mensaje|tema|gaia|naslov',
  ),
  other: words(
    'reply-to|reply to|antwort an|antwort-an|responder a|répondre à|rispondi a|antwoord aan|odpowiedz do|odpověď|svar til|svara till|vastausosoite|válaszcím|organization|organisation|importance|priority|wichtigkeit|priorität|attachments|anlagen|bcc|resent-from|message-id|返信先|bilagor|vedlegg|příloha|přílohy|prílohy|załączniki|allegati|pièces jointes|pièce jointe|adjuntos|datos adjuntos|anexos|bijlagen|anhang|anhänge|liitteet|вложения|mellékletek|ekler|attachment|vertraulichkeit|importancia|importanza|delivered-to|signed by|mailed by',
  ),
} as const;

export type HeaderKind = keyof typeof headerLabels;

export const wroteWords = new RegExp(
  `(^|[\\s,>)\\]'"])(${[
    'wrote|writes|wrote the following|said the following',
    'schrieb|schrieb am|geschrieben|hat geschrieben',
    'a écrit|écrit',
    'escribió|escribio|escreveu|va escriure|ha escrit',
    'ha scritto|scrisse|scrive',
    'schreef|geschreven|heeft geschreven',
    'skrev|skreiv|skrifaði',
    'kirjoitti|kirjutas',
    'napisał|napisała|napisał\\(a\\)|pisze|napsal|napsala|napsal\\(a\\)|píše|napísal|napísala|napísal\\(a\\)',
    'napisao|napisala|napisao/la|je napisao|piše|написао',
    'írta|ezt írta',
    'a scris|scria',
    'написал|написала|написал\\(а\\)|написав|написала|пишет|пише|писал|писала|писали|написа',
    'yazdı|şunu yazdı|şunları yazdı',
    'έγραψε|đã viết|menulis|rašė|rakstīja|kirjutas|je napisala|napisao je|napisala je|је написао(/ла)?|је написала',
    'napisana przez|napisane przez|napisala?|napísal\\(a\\)|idatzi du|skrifaði|ysgrifennodd',
    'כתב(/ה)?|כתבה|(كتب|كتبت|كتب/كتبت|كتابة ما يلي بواسطة)|نوشت|ने लिखा|เขียนว่า|เขียน',
  ].join('|')})(\\s|[:：,]|$)|写道|寫道|書きました|のメッセージ|のメール|님이 작성|작성|쓴 글`,
  'iu',
);

/** How a line begins that says who wrote what follows, and when. */
export const wroteStarts =
  /^(on|am|le|el|il|lo|op|em|den|dne|dňa|dana|dnia|w dniu|w|în data|pe|la|ma|di|ti|ke|to|pe|su|a|på|vào|στις|на|в|у|от|at|u|dana|vào|pada|noong|kuupäev|missatge de|wiadomość|po|quoting|citando|zitat von|il giorno|em dom|em seg|em ter|em qua|em qui|em sex|em sáb)(?=[\s,.])/iu;

export const originalWords =
  /^original$|original(e?| |-)( ?message| ?nachricht| ?bericht| ?e-?mail| ?mail| ?meddelelse| ?meddelande| ?brev| ?appointment)|(replied|quoted) message|(mail|message|courriel) (original|d['’]origine|précédent)|ursprünglich|originalnachricht|message d['’]origine|message original|mensaje original|mensagem original|messaggio originale|messaggio di origine|oorspronkelijk|oprindelig|opprinnelig|ursprungligt|originalmeddelande|alkuperäinen|oryginaln|původní|pôvodná|eredeti üzenet|mesaj original|mesajul original|исходное сообщение|оригинальное|оригінальн|orijinal|izvorna|πρωτότυπο|αρχικό μήνυμα|origineel|thư gốc|pesan asli|元のメッセージ|原始邮件|原始郵件|原邮件|邮件原件|回复的原|원본|הודעה מקורית|الرسالة الأصلية|вихідне|первоначальное|izvirno|algne|originalus/iu;

export const forwardedWords =
  /forward|edasi saadetud|reexpedid|předan|weitergeleitet|weiterleitung|réexpédi|transfér|transmis|reenviad|reencaminhad|encaminhad|inoltrat|doorgestuurd|videresend|vidarebefordra|välitetty|edelleenlähetet|lähetetty edelleen|przekaz|přeposl|přeposí|preposl|preposie|továbbít|proslijeđen|posredovan|prosljeđen|redirecțion|redirecţion|redirectat|transmis|[iİ]letil|yönlendiril|переадрес|пересыла|пересл|пересил|перенаправ|edastatud|προωθ|転送|转发|轉寄|전달|הועבר|إعادة توجيه|(ال)?م[ُ]?عاد توجيه|ส่งต่อ|chuyển tiếp|diteruskan|[iİ]leti başlangıcı/iu;

/** Subject prefixes of forwards. Some also begin replies somewhere, so none decides alone. */
export const forwardPrefix =
  /^\s{0,5}(fw|fwd|fw:fwd|wg|tr|rv|vs|vb|vl|i|enc|pd|doorst|ilt|İLT|redir|továbbítás|továbbított|fs|trs|prosl|videresend|přep|pre|prp|пересл|п|пер|tov|pr|ps|posr|pers|pārs|yml|rinv|转发|轉寄|転送|전달|πρθ|προώθ|הועבר|إعادة توجيه|препр|proslijeđeno|posredovano|edasi|persiųsta|tüs|trans|videresendt|fwd?\[\d{1,3}\])\.?\s{0,2}[:：]\s{0,5}/iu;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split('|'));
}
