/**
 * What a program adds below a mail by itself: "Sent from my iPhone", "Get Outlook for iOS", "Virus-free".
 * A sentence that happens to begin like it goes on after a comma or ends in a full stop.
 */
export function isDeviceLine(line: string): boolean {
  const start = line.slice(0, 400);
  const text = (start.includes('http') ? start.replace(/[<([]https?:[^<>()\s[\]]{1,300}[>)\]]/g, '') : start).trim();
  if (text.length > 130) return false;
  if (virusNote.test(text) || outlookApp.test(text) || viaDevice.test(text)) return true;
  if (/[,;:?!]$/.test(text.slice(-1))) return false;
  const words = text.split(/\s+/).length;
  if (words <= 14 && pardon.test(text)) return true;
  if (words <= 16 && device.test(text) && isSent(text)) return true;
  if (words <= 9 && anyPhone.test(text) && !text.includes(',') && isSent(text)) return true;
  return words <= 9 && !/[.,:;!?]$|, /.test(text) && sentFrom.test(text);
}

function isSent(text: string): boolean {
  return sentFirst.test(text) || sentLast.test(text);
}

const device =
  /iphon|ipad|\bios\b|apple watch|android|galaxy|samsung|huawei|xiaomi|redmi|oneplus|google pixel|motorola|nokia|blackberry|windows|outlook|(yahoo|proton|gmx|web\.de|aol|zoho|mail\.ru|t-online|posteo|freemail|orange) ?(mail|app|pr[oó]ton)?|proton ?mail|gmail|thunderbird|k-9|bluemail|fairemail|spark|superhuman|missive|mailbird|tutanota|tuta/iu;

const anyPhone =
  /mobile?\b|\b(i|smart|cell)?phone|mobil(telefon|gerät|nih|u|em|om)|mobiel|handy|telefon|téléphone|cellulare|celular|móvil|telemóvel|puhelim|телефон|смартфон|手机|手機|スマホ|携帯|邮箱|휴대폰|갤럭시|메일 앱|טלפון|هاتف|جوال|điện thoại|โทรศัพท์/iu;

const sentWord =
  'sent|gesendet|verschickt|diese (nachricht|e-?mail) wurde|envoyé|enviado|enviada|inviato|inviata|verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[oaey]|odesláno|odoslan[éoá]|poslan[oá]|отправлено|надіслано|изпратено|trimis|elküldve|küldve|εστάλη|στάλθηκε|dikirim|được gửi|gửi từ|נשלח|أُرسلت|أرسلت|gönderildi|送信|发自|發自|发送|發送|傳送|发送自|發送自|傳送自|발신|보냄|보냈습니다|전송|saadetud|išsiųsta|nosūtīts|đã gửi|ส่งจาก|ارسال شده|مرسل|تم الإرسال|भेजा गया';
const sentFirst = new RegExp(
  `^[^\\p{L}]{0,3}((${sentWord})[\\s\\p{Script=Han}]|(von|aus|mit) meinem|(de|desde) mi |(dal|da) mio|(从|從|由|来自|來自)我的|(从|從) ?windows)`,
  'iu',
);
const sentLast = new RegExp(`(${sentWord})\\.?$`, 'iu');

const sentFrom =
  /^[^\p{L}]{0,3}(sent (from|via|with|using) (my |the |\p{L}{2,20}$)|(gesendet|envoyé|enviado|inviato|verzonden|verstuurd|skickat|sendt|lähetetty|wysłane?|odesláno|odoslané|отправлено|надіслано|trimis) (von|mit|über|aus|de|depuis|à partir|desde|do|a partir|da|con|vanaf|vanuit|met|via|door|från|fra|med|laitteesta|z|ze|с|из|з|din|pe) |(von|aus) meinem |get (outlook|bluemail) for|télécharge[rz] outlook|obtener outlook|obter o outlook|scarica outlook)/iu;

const outlookApp = /^[^\p{L}]{0,3}(\S{1,20} ){0,4}outlook (\S{1,12} ){0,2}(ios|android|mac|windows)( \S{1,20})?$/iu;

const viaDevice =
  /^(via|by|from|per|vom|von) (my )?(mobile|phone|cell|iphone|ipad|android|handy|smartphone|tablet)( phone)?$/i;

/** On a small keyboard one makes mistakes. */
const pardon =
  /^[^\p{L}]{0,3}(sent (by|from|via) (my )?(mobile|phone|cell)\S*\s)?(please )?(excuse|pardon|forgive|ignore) (my |the |any )?(brevity|typos?|typing|spelling|errors)\b/iu;

/** Virus scanners praise themselves below the mails they let through. */
const virusNote =
  /^(virus-free|virenfrei|libre de virus|sin virus|garanti sans virus|sans virus|mail priva di virus|privo di virus|livre de vírus|virusvrij|wolny od wirusów|bez virů|без вирусов)\.?\s{0,3}(www\.)?(avast|avg|\W|$)/iu;
