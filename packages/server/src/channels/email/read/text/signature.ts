/** Where the signature begins in lines that hold new text only; the number of lines if there is none. */
export function signatureStart(lines: string[]): number {
  const start = lines.findIndex((line, at) => beginsSignature(line.trimEnd(), at, lines));
  return start < 0 ? lines.length : start;
}

function beginsSignature(line: string, at: number, lines: string[]): boolean {
  if (line.length > 250 || line.trim() === '') return false;
  if (/^\s{0,3}--\s?$/.test(line)) return true;
  if (isDeviceLine(line))
    return at === 0 || (lines[at - 1] ?? '').trim() === '' || writtenFrom(lines, at + 1).length === 0;
  if (ruler.test(line) || dashedName.test(line) || closing.test(line)) return isShort(lines, at + 1);
  return isContactBlock(lines, at);
}

const ruler = /^\s{0,3}[-_]{2,80}\s{0,3}$/;

/** `-Ana`, `- Ana Fox`: a dash and a name. */
const dashedName = /^[-–]{1,2}\s?\p{Lu}\p{L}{1,20}(\s\p{Lu}\p{L}{0,20}\.?){0,2}$/u;

/** What is written by habit above a name. Thanks are not: they may be all a mail says. */
const closing =
  /^((best|kind|warm|with( best| kind)?|my best) )?regards\W{0,3}$|^(yours )?sincerely( yours)?\W{0,3}$|^(mit )?((freundlichen|besten|lieben|herzlichen|schönen) grüßen|freundlichem gruß)\W{0,3}$|^((viele|liebe|beste|schöne|freundliche|herzliche) grüße|mfg|lg|vg)\W{0,3}$|^((bien )?cordialement|bien à vous|salutations)\W{0,3}$|^((un )?(cordial )?saludos?( cordiales)?|atentamente|un saludo)\W{0,3}$|^(cordiali|distinti) saluti\W{0,3}$|^(atenciosamente|cumprimentos|com os melhores cumprimentos)\W{0,3}$|^(met vriendelijke groeten?|mvg|groeten)\W{0,3}$|^((med )?(vänliga|venlige?|vennlig|bästa) (hälsningar|hilsen|hilsner)|mvh)\W{0,3}$|^(ystävällisin terveisin|terveisin)\W{0,3}$|^(z poważaniem|pozdrawiam|s pozdravem|s pozdravom|üdvözlettel|с уважением|з повагою|saygılarımla|cu stimă|srdačan pozdrav)\W{0,3}$/iu;

const device =
  /^\W{0,3}(sent (from|via|with|using) (my|the|outlook|yahoo|mail|proton|gmail|samsung|myphone|iphone|windows|mobile|blackberry|zoho|spark|front|superhuman)|sent (from|via|with) \p{L}{2,20}$|get (outlook|bluemail) for|(von|aus) meinem|gesendet (von|mit|über|aus)|diese nachricht wurde von meinem|envoyé (de|depuis|à partir)|télécharge[rz] outlook|enviado (desde|do|de|a partir)|obtener outlook|obter o outlook|inviato da|scarica outlook|verzonden (vanaf|vanuit|met|via|door)|verstuurd vanaf|skickat från|sendt fra|sent fra|lähetetty (laitteesta|iphonesta)|wysłane? z|odesláno z|odoslané z|отправлено (с|из)|надіслано з|iphone'umdan gönderildi|trimis (de pe|din)|küldve|iphone ?から送信|从我的|發自我的|发自我的|내 iphone)/iu;

/** "Sent from my iPhone". A sentence that happens to begin like it goes on after a comma or ends in a full stop. */
function isDeviceLine(line: string): boolean {
  const text = line.replace(/[<(]https?:[^<>()\s]{1,200}[>)]/g, '').trim();
  return !/[.,:;!?]$|, /.test(text) && text.split(/\s+/).length <= 9 && device.test(text);
}

/** The last paragraph is one when most of its lines are ways to reach somebody. */
function isContactBlock(lines: string[], at: number): boolean {
  if (at === 0 || (lines[at - 1] ?? '').trim() !== '' || !/^\p{Lu}/u.test(lines[at] ?? '')) return false;
  const block = writtenFrom(lines, at);
  const contacts = block.filter((line) => contact.test(line.trim())).length;
  return block.length <= 8 && contacts >= 2 && contacts * 2 >= block.length && isShort(lines, at);
}

const contact =
  /^(\p{L}{1,12}[.:]\s{0,3})?(\+?[\d(][\d\s()./-]{6,25}|[^\s@]{1,60}@[^\s@]{1,60}|(https?:\/\/|www\.)\S{3,100}|<?mailto:\S{3,80})$/iu;

/** Few and short lines: names, titles, addresses; no further text. */
function isShort(lines: string[], from: number): boolean {
  const rest = writtenFrom(lines, from);
  return rest.length <= 12 && rest.every((line) => line.length <= 80);
}

const mostLines = 40;

/** The lines with something in them; of a long rest only so many that it is seen to be long. */
function writtenFrom(lines: string[], from: number): string[] {
  const rest = lines.length - from > mostLines ? lines.slice(from, from + mostLines * 2) : lines.slice(from);
  return rest.filter((line) => line.trim() !== '');
}
