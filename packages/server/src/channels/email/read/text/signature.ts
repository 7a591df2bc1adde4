/** Where the signature begins in lines that hold new text only; the number of lines if there is none. */
export function signatureStart(lines: string[]): number {
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd();
    if (/^\s{0,3}(--|__|—)\s?$/.test(line)) return at;
    if (isDeviceLine(line) && onlyBlank(lines, at + 1)) return at;
  }
  return lines.length;
}

const device =
  /^\W{0,3}(sent (from|via|with|using) (my|the|a|an|outlook|yahoo|mail|proton|gmail|samsung|myphone|iphone|windows|mobile|blackberry|zoho|spark|front|superhuman)|get (outlook|bluemail) for|(von|aus) meinem|gesendet (von|mit|über|aus)|diese nachricht wurde von meinem|envoyé (de|depuis|à partir)|télécharge[rz] outlook|enviado (desde|do|de|a partir)|obtener outlook|obter o outlook|inviato da|scarica outlook|verzonden (vanaf|vanuit|met|via|door)|verstuurd vanaf|skickat från|sendt fra|sent fra|lähetetty (laitteesta|iphonesta)|wysłane? z|odesláno z|odoslané z|отправлено (с|из)|надіслано з|iphone'umdan gönderildi|trimis (de pe|din)|küldve|iphone ?から送信|从我的|發自我的|发自我的|내 iphone)/iu;

function isDeviceLine(line: string): boolean {
  return line.length < 160 && line.trim().split(/\s+/).length <= 9 && device.test(line.trim());
}

function onlyBlank(lines: string[], from: number): boolean {
  return lines.slice(from).every((line) => line.trim() === '');
}
