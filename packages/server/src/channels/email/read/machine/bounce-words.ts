import { aboveReturnedMail } from './bounce-text.js';

/** How the subjects of reports about undelivered mail read. */
export const bounceSubject =
  /undeliver|non.?deliver|not delivered|(delivery|mail|message|transport).{0,30}(fail|error|problem|delay|notification|returned|status|report)|return(ed|ing) (to|mail)|mail (could not|system error|cannot)|failure notice|failed mail|couldn.?t be delivered|unzustellbar|nicht zugestellt|benachrichtung.{0,40}status|zustellung|non remis|échec de (la )?(remise|distribution)|no se (puede|pudo) entregar|não entregue|mancato recapito|onbestelbaar|配信|送信できません|недоставлен|не доставлен/iu;

/** What such reports say. */
export const bounceWords =
  /(could not|couldn.?t|cannot|can.?t|unable to|was not|not be|failed to|wasn.?t|were not|not) (be )?(able to )?(deliver|reach|send|find the recipient)|undeliverable|delivery .{0,40}fail|failed .{0,40}(recipient|address|deliver)|(user|recipient|mailbox|address|account|host|domain).{0,40}(unknown|not found|does not exist|doesn.?t exist|invalid|rejected|unavailable|is full|over quota)|(unknown|invalid|no such) (user|recipient|mailbox|address)|permanent (fatal )?(error|failure)|returned (to you|unchanged|message)|\b5[05]\d[ -]\d\.\d\.\d|konnte nicht zugestellt|nicht zugestellt werden/i;

/**
 * Whether a mail that reads like a report is one, when nothing but its words tells. Reports name who was not reached,
 * and speak for nobody; people who write about mail that came back say "I" and ask something.
 */
export function isReportInWords(subject: string, text: string): boolean {
  if (reportFields.test(text.slice(0, 20_000))) return true;
  const said = aboveReturnedMail(text.slice(0, 5000)).join('\n');
  return namesAddress.test(said) && !passedOn.test(subject) && !speaks.test(said);
}

/** The report itself stands in the text. */
const reportFields = /^[>\s]{0,9}(final|original)-recipient: ?(rfc822|x400)/im;
/** On a line of its own, or with what was said of it. */
const namesAddress =
  /^[>\s]{0,9}("[^"\n]{0,80}" )?(<[^\s<>@]{1,80}@[^\s<>@]{1,80}>(:.{0,500})?|[^\s<>@]{1,80}@[^\s<>@]{1,80})\s{0,9}$/m;
const passedOn = /^\s*(fwd?|wg|tr|rv|vs|enc)\s?[:：]/i;
const speaks =
  /\?|^\s*(hi|hello|dear|hallo|bonjour|hola|ciao)\b|(?<![\p{L}\p{N}])(i|my|me|mine|i['’](m|ve|d|ll)|ich|mein(e[mnrs]?)?|mir|mich|je|j['’]ai|mon|ma|mes|moi|yo|mi|mis|io|mio|mia|eu|meu|minha|ik|mijn|jag|min|jeg|я|мой|моё|мне|мое|ja|mój|mi)(?![\p{L}\p{N}])|私|我的|저는|제가/iu;
