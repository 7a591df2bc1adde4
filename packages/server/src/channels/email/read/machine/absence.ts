/**
 * Does this subject say that a machine answers for somebody: "Automatic reply: My order", "Abwesenheitsnotiz"?
 * People who talk about such answers go on with other words, or answer them ("Re: …").
 */
export function isAbsence(subject: string, text: string): boolean {
  const said = subject.slice(0, 300).trim();
  if (added.test(said)) return true;
  if (answered.test(said)) return false;
  if (automatic.test(said) || somebodyAway.test(said)) return true;
  return maybeAway.test(said) && saysAway.test(text.slice(0, 2000));
}

const answered = /^(re|aw|antw?|sv|odp|fwd?|wg|tr|rv|vs|回复|答复|转发)\s?(\[\d+\])?[:：]/iu;

const automaticWords = [
  'auto(matic|mated|matische[sr]?)?[- ]?(e-?mail )?(reply|response|respon[ds]er?|antwort|re[- ]?antwort|antwoord)',
  'automatische (antwort|reaktion|reactie|bericht|nachricht|eingangsbestätigung)|automatisch (antwoord|bericht)',
  'abwesenheits?(notiz|nachricht|benachrichtigung|meldung|assistent|agent|info|mail)|abwesenheit',
  'réponse (automatique|auto)( d.absence)?|message (automatique )?d.absence|avis d.absence|absent(e|\\(e\\))? du bureau',
  'absence du bureau|respuesta autom[aá]tica|mensaje de ausencia|resposta autom[aáà]tica|mensagem de ausência',
  'risposta automatica|messaggio di assenza|auto ?risposta|afwezigheids(bericht|melding|assistent)|afwezigheid',
  'odpowied[zź] automatyczna|automatyczna odpowied[zź]|autoodpowied[zź]|automatick[aá] odpove[dď]|automatická odpověď',
  'automatis[kt]+ svar|autosvar|automatsvar|frånvaro(meddelande)?|fravær(smelding|sbesked)?|fraværende',
  'automaattinen vastaus|automaattivastaus|poissaolo(viesti|ilmoitus)?|automaatvastus',
  'автоматический ответ|автоматична відповідь|автоматичен отговор|авто-?ответ|автовідповідь|otomatik (yanıt|cevap)',
  'automatikus (válasz|üzenet)|r[aă]spuns automat|αυτόματη απάντηση|automatski odgovor|samodejni odgovor',
  'automatinis atsakymas|automātisk[aā] atbilde|balasan otomatis|(thư )?trả lời tự động|ตอบกลับอัตโนมัติ|स्वचालित (उत्तर|जवाब)',
  'پاسخ خودکار|(ال)?رد (ال)?تلقائي|תשובה אוטומטית|מענה אוטומטי',
  '自動応答|自動返信|自動回[覆复復]|自动(答复|回复)|不在(通知|返信|連絡)|자동 ?(회신|응답|답장)|부재중( 알림| 자동)?',
  'vacation (reply|message|notice|response)|away message|auto-re',
];

const outOfOffice =
  '(out[- ]of[- ](the[- ])?office|ooo)( (auto-?)?(reply|message|notice|notification|response))?|nicht im (büro|haus)|außer haus|fuera de (la )?oficina|fuori (ufficio|sede)|fora d[oe] escritório|mimo kancelář|poza biurem|ofis dışında|házon kívül|вне офиса|поза офісом|ikke (til stede|på kontoret)|inte på kontoret|(en dehors|hors) du bureau';

/** Words that people use too: the text has to say that somebody is away. */
const maybeAwayWords = [
  '(on )?(annual |parental |maternity |sick )?leave|(on )?(vacation|holidays?|pto)|away( from (my|the) (desk|office))?|not in the office|auto',
  'urlaub|im urlaub|abwesend|absence|absente?|en congés?|vacances|ausen(te|cia)|de vacaciones|vacaciones|ausência( temporária)?',
  'de férias|férias|assente|assenza|in ferie|afwezig|niet aanwezig|vakantie|nieobecn(y|a|ość)|urlop|poissa|lomalla|semester',
  'dovolená|nepřítomen|отпуск|в отпуске|відпустка|izinde|szabadság(on)?|concediu|休暇|休假|휴가|外出',
];

const start = String.raw`^[\s[(【*!-]*(auto:\s*)?`;
/** Ends here, or goes on with the subject of the mail that is answered, or with a time. */
const goesOn = String.raw`(?=\s*([:：\])】|–—(]|-\s|(re|aw|fwd?|wg)\s?:|(from|until|till|bis|du|au|dal|fino|tot|t\/m|do|до|с)\s))`;
const end = String.raw`(${goesOn}|\.?$)`;

const automatic = anyOf([...automaticWords, outOfOffice], start, end);
const maybeAway = anyOf(maybeAwayWords, start, goesOn);
/** "Re: My order [Auto-Reply]" */
const added = anyOf([...automaticWords, outOfOffice], String.raw`.[\[(（【|–—-]\s*`, String.raw`\s*[\])）】]?$`);
const somebodyAway = anyOf(
  [outOfOffice],
  String.raw`^.{0,60}\b(am|is|['’]m|['’]s|bin|ist|est|estoy|está|sono|è|estou|ben|currently)( (currently|zurzeit|derzeit|momentan|actuellement|attualmente))? `,
  end,
);

const saysAway =
  /\b(out of|not in|away from) (the |my )?office|\b(am|is|be|will be|are) (currently |now )?(away|absent|on (annual |parental |maternity |sick )?(leave|vacation|holidays?)|unavailable)|\b(limited|no) access to (my )?e?-?mails?|(return|back) (on|in)\b|nicht (im (büro|haus)|erreichbar|anwesend)|im urlaub|abwesend|(wieder|zurück) (am|ab|erreichbar|im)|absente?\b|en congés?|de retour|ausente|de vacaciones|fuera de la oficina|de férias|fora do escritório|assente|in ferie|fuori (ufficio|sede)|afwezig|met vakantie|nieobecn|na urlopie|poissa|lomalla|på semester|tillbaka|fraværende|på ferie|tilbage|tilbake|nepřítom|mimo kancelář|dovolen|отпуск|отсутств|вернусь|відпуст|відсутн|izinde|ofis dışında|szabadság|concediu|不在|休暇|休假|휴가|부재/iu;

function anyOf(wordings: string[], before: string, after: string): RegExp {
  return new RegExp(`${before}(${wordings.join('|')})${after}`, 'iu');
}
