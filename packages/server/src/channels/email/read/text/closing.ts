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
  return end.length === rest.length || (end !== '' && isName(rest.slice(end.length)));
}

/** Thanks close a mail only above a name: alone they may be all it says. */
export function isThanks(line: string): boolean {
  const text = line.trim();
  return text.length < 40 && thanks.test(text);
}

const closing = wordsAtStart([
  '((best|kind|kindest|warm|warmest|with (best|kind|warm|my best)|my best) )?regards',
  'best wishes|all the best|(yours )?(sincerely|faithfully|truly)( yours)?|respectfully( yours)?|(best|cheers)(?=,?$)',
  '(mit )?((freundlichen?|besten?|lieben?|herzlichen?|schönen?|vielen?|sonnigen?) (grüßen?|grüssen?|gruessen?|gruß|gruss)|freundlichem (gruß|gruss))',
  'mfg|vg|lg|bg|hochachtungsvoll|(grüße|gruß|grüsse)(?=,?$)',
  '(bien |très )?cordialement|bien à (vous|toi)|(sincères |meilleures |cordiales )?salutations( distinguées)?|amicalement',
  '(un )?(cordial |afectuoso )?saludos?( cordial(es)?)?|atentamente|atte|cordialmente',
  '(cordiali|distinti|cari|un cordiale) salut[io]|saluti',
  'atenciosamente|att|(com os )?(melhores )?cumprimentos|abraços',
  '((met )?(vriendelijke|hartelijke) )?(groeten?|groetjes)|mvg',
  '(med )?((vänliga?|venlige?|vennlige?|bästa|bedste|beste) )?(hälsning(ar)?|hilsen|hilsner)|mvh',
  '(ystävällisin |parhain )?terveisin',
  'z poważaniem|(serdecznie )?pozdrawiam( serdecznie)?|z wyrazami szacunku|pozdrawiamy',
  's pozdravem|s pozdravom|s přátelským pozdravem|lep pozdrav|(srdačan|lijep) pozdrav|s poštovanjem|s spoštovanjem',
  '(szívélyes )?üdvözlettel|tisztelettel|cu (stimă|respect)',
  'с уважением|с наилучшими пожеланиями|з повагою|з найкращими побажаннями|с уважение|с поштовањем',
  'saygılarımla|saygılarımızla|sevgiler|με εκτίμηση|φιλικά|lugupidamisega|pagarbiai|ar cieņu|בברכה|تحياتي|مع أطيب التحيات',
]);

const thanks =
  /^((many )?thanks( again| so much| and regards)?|thank you( very much| so much)?|thx|(vielen |besten |herzlichen )?dank( und (gruß|viele grüße))?|danke|merci( beaucoup)?|(muchas )?gracias|grazie( mille)?|obrigad[oa]|bedankt|tack( så mycket)?|(mange |tusen )?takk?|kiitos|dziękuję|děkuji|köszönöm|mulțumesc|спасибо|дякую|teşekkürler|hvala)[,.!]?$/iu;

function wordsAtStart(list: string[]): RegExp {
  return new RegExp(`^(${list.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
