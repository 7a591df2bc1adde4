import { isName } from './name.js';

/** Is this line said by habit above a name, or with it: "Kind regards,", "Viele Grüße Ana"? */
export function isClosing(line: string): boolean {
  const text = line.trim();
  if (text.length > 80) return false;
  const match = closing.exec(text);
  return match !== null && isEndOrName(text.slice(match[0].length));
}

function isEndOrName(rest: string): boolean {
  const end = /^[^\p{L}\p{N}]{0,3}/u.exec(rest)?.[0] ?? '';
  const after = rest.slice(end.length);
  return after === '' || (end !== '' && (isName(after) || closing.test(after) || fromPlace.test(after)));
}

/** "Schöne Grüße aus Berlin" */
const fromPlace = /^(aus|from|de|desde|da|uit|från|fra|z|из) \p{Lu}[\p{L}-]{1,25}[,.!]?$/u;

/** Thanks close a mail only above a name: alone they may be all it says. */
export function isThanks(line: string): boolean {
  const text = line.trim();
  return text.length < 40 && thanks.test(text);
}

const closing = wordsAtStart([
  '((best|kind|kindest|warm|warmest|with (best|kind|warm|my best)|my best) )?regards',
  'thanks (&|and) regards|best wishes|all the best|(yours )?(sincerely|faithfully|truly)( yours)?|respectfully( yours)?|(best|cheers)(?=,?$)',
  '(mit )?((freundlichen?|besten?|lieben?|herzlichen?|schönen?|vielen?|sonnigen?) (grüßen?|grüssen?|gruessen?|gruß|gruss)|freundlichem (gruß|gruss))',
  'mfg|vg|lg|bg|hochachtungsvoll|(grüße|gruß|grüsse)(?=,?$)',
  '(bien |très )?cordialement|bien à (vous|toi)|(sincères |meilleures |cordiales )?salutations( distinguées)?|amicalement|bonne (journée|soirée|réception|fin de journée)( à vous)?(?=[,.!]?$)',
  '(un )?(cordial |afectuoso )?saludos?( cordial(es)?)?|atentamente|atte|cordialmente',
  '(cordiali|distinti|cari|un (cordiale|caro)) salut[io]|un saluto|saluti',
  'atenciosamente|att|(com os )?(melhores )?cumprimentos|abraços',
  '((met )?(vriendelijke|hartelijke) )?(groet(en|jes)?)|mvg',
  '(med )?((vänliga?|venlige?|vennlige?|bästa|bedste|beste) )?(hälsning(ar)?|hilsen|hilsner)|mvh',
  '(ystävällisin |parhain )?terveisin|terv(?=[.,])',
  'z poważaniem|(serdecznie )?pozdrawiam( serdecznie)?|z wyrazami szacunku|pozdrawiamy',
  's pozdravem|s pozdravom|s přátelským pozdravem|lep pozdrav|(srdačan|lijep) pozdrav|s poštovanjem|s spoštovanjem',
  '(szívélyes )?üdvözlettel|tisztelettel|cu (stimă|respect)',
  'с уважением|с ув(?=[.,])|с наилучшими пожеланиями|з повагою|з найкращими побажаннями|с уважение|с поштовањем',
  'saygılarımla|saygılarımızla|sevgiler|με εκτίμηση|φιλικά|lugupidamisega|pagarbiai|ar cieņu|בברכה|(مع )?(خالص )?تحياتي|مع أطيب التحيات',
  '敬具|此致|祝好|(顺|順)?祝商祺|(顺|順)颂商祺|敬上|trân trọng|hormat saya|ขอแสดงความนับถือ|ด้วยความเคารพ',
]);

const thanks =
  /^((many )?thanks( again| so much| and regards)?|thank you( very much| so much)?|thx|(vielen |besten |herzlichen )?dank( und (gruß|viele grüße))?|danke|merci( beaucoup| d.avance| par avance)?|(muchas )?gracias|grazie( mille)?|obrigad[oa]|(alvast )?bedankt|tack( så mycket)?|(mange |tusen )?takk?|kiitos|dziękuję|děkuji|köszönöm|mulțumesc|спасибо|дякую|teşekkürler|hvala|תודה( רבה)?|شكرا[ً]?|감사합니다|谢谢|謝謝)[,.!。！،]?$/iu;

function wordsAtStart(list: string[]): RegExp {
  return new RegExp(`^(${list.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
