import { describe, expect, it } from 'vitest';
import { findForward } from './forward.js';

const ana = 'Ana Fox <ana@example.com>';
const passedOn = [
  // Apple Mail: a quoted block below a line of words
  ...[
    'Začátek přeposílané zprávy:|Od|Předmět|Datum|Komu|Kopie',
    'Début du message transféré :|De |Objet |Date |À |Cc ',
    'Započni prosljeđenu poruku:|Šalje|Predmet|Datum|Prima|Kopija',
    'Inizio messaggio inoltrato:|Da|Oggetto|Data|A|Cc',
    'Início da mensagem encaminhada:|De|Assunto|Data|Para|Cc',
    'Începe mesajul redirecționat:|Expeditor|Subiect|Dată|Destinatar|Cc',
    'Начало переадресованного сообщения:|От|Тема|Дата|Кому|Копия',
    'Vidarebefordrat brev:|Från|Ämne|Datum|Till|Kopia',
    'Початок листа, що пересилається:|Від кого|Тема|Дата|Кому|Копія',
    'Αρχή προωθημένου μηνύματος:|Από|Θέμα|Ημερομηνία|Προς|Κοιν.',
    '转发的邮件：|发件人|主题|日期|收件人|抄送',
    '전달된 메시지 시작:|보낸 사람|제목|날짜|받는 사람|참조',
  ].map((line) => block(line).replace(/^/gm, '> ')),
  // Gmail, Thunderbird, HubSpot: a dashed line, then the block
  ...[
    '---------- Forwarded message ---------|Od|Subject|Date|To|Cc',
    '---------- Přeposlaná zpráva ---------|Od|Předmět|Datum|Komu|Kopie',
    '---------- Edasi saadetud kiri ---------|Saatja|Teema|Kuupäev|Adressaat|Koopia',
    '---------- Mensaje reenviado ---------|De|Asunto|Fecha|Para|CC',
    '---------- Message transféré ---------|De |Objet |Date |À |Cc ',
    '---------- Przekazana wiadomość ---------|Od|Temat|Data|Do|DW',
    '---------- Välitetty viesti ---------|Lähettäjä|Aihe|Päiväys|Vastaanottaja|Kopio',
    '-------- Weitergeleitete Nachricht --------|Von|Betreff|Datum|An|Kopie (CC)',
    '-------- Videresendt melding --------|Fra|Emne|Dato|Til|Kopi',
    '-------- Mensagem reencaminhada --------|De|Assunto|Data|Para|CC',
    '-------- Mesaj redirecționat --------|De la|Subiect|Data|Către|CC',
    '-------- Перенаправленное сообщение --------|От|Тема|Дата|Кому|Копия',
    '-------- Preposlaná správa --------|Od|Predmet|Dátum|Komu|Kópia',
    '-------- Vidarebefordrat meddelande --------|Från|Ämne|Datum|Till|Kopia',
    '-------- İletilmiş İleti --------|Kimden|Konu|Tarih|Kime|CC',
    '-------- Переслане повідомлення --------|Від|Тема|Дата|Кому|Копія',
    '-------- Továbbított üzenet --------|Feladó|Tárgy|Dátum|Címzett|Másolat',
    '-------- Doorgestuurd bericht --------|Van|Onderwerp|Datum|Aan|CC',
    '-------- Whatever it is called --------|From|Subject|Date|To|Somebody else',
    '----- 转发的邮件 -----|发件人|主题|日期|收件人|抄送',
  ].map((line) => block(line)),
  // Outlook: a ruler or nothing
  ...[
    '________________________________|Šalje|Predmet|Poslano|Prima|Kopija',
    '________________________________|De|Objet|Envoyé|À|Cc',
    '________________________________|Od|Předmět|Odesláno|Komu|Kopie',
    '________________________________|Lähettäjä|Aihe|Lähetetty|Vastaanottaja|Kopio',
    '________________________________|От|Тема|Отправлено|Кому|Копия',
    '________________________________|Kimden|Konu|Gönderildi|Kime|Bilgi',
    '|Fra|Emne|Dato|Til|Cc',
    '|Lähettäjä|Aihe|Päivämäärä|Vastaanottaja|Kopio',
    '|Feladó|Tárgy|Dátum|Címzett|Másolatot kap',
    '|De la|Subiect|Dată|Către|CC',
    '|差出人|件名|送信日時|宛先|CC',
    '|寄件者|主旨|日期|收件者|副本',
  ].map((line) => block(line)),
  // Yahoo: all in one line
  ...[
    '----- Weitergeleitete Nachricht -----|Von|Betreff|Gesendet|An|CC',
    '----- Mail transféré -----|De |Objet |Envoyé |À |Cc ',
    '----- Továbbított üzenet -----|Feladó|Tárgy|Elküldve|Címzett|Másolatot kap',
    '----- Doorgestuurd bericht -----|Van|Onderwerp|Verzonden|Aan|Cc',
    '----- Videresendt melding -----|Fra|Emne|Sendt|Til|Kopi',
    '----- Przekazana wiadomość -----|Od|Temat|Wysłane|Do|DW',
    '----- Mensagem encaminhada -----|De|Assunto|Enviado|Para|Cc',
    '----- Mesaj redirecționat -----|De la|Subiect|Trimis|Către|Cc',
  ].map(glued),
];

describe('findForward, in other languages', () => {
  it.each(passedOn)('reads %j', (text) => {
    expect(findForward('Fwd: Broken', `Please look.\n\n${text}`, 'ben@shop.example')).toMatchObject({
      from: { name: 'Ana Fox', address: 'ana@example.com' },
      subject: 'Broken',
      body: 'It is broken.',
      note: 'Please look.',
    });
  });

  it.each([
    ['Dne 2. 3. 2026 v 10:00, Ana Fox <ana@example.com> napsal(a):'],
    ['Am 02.03.26, 10:00 schrieb "Ana Fox" <ana@example.com>:'],
    ['Le 02/03/2026 10:00, « Ana Fox » <ana@example.com> a écrit :'],
    ['Den 2026-03-02 10:00 skrev Ana Fox <ana@example.com>:'],
    ['02.03.2026 10:00 tarihinde Ana Fox <ana@example.com> şunu yazdı:'],
    ['02.03.2026, 10:00, "Ana Fox" <ana@example.com> написал(а):'],
  ])('reads what Outlook for Mac puts above: %s', (head) => {
    expect(findForward('WG: Broken', `${head}\n\n    It is broken.`, 'ben@shop.example')).toMatchObject({
      from: { address: 'ana@example.com' },
      subject: 'Broken',
      body: 'It is broken.',
    });
  });
});

function block(words: string): string {
  const [separator, from, subject, date, to, cc] = words.split('|');
  const head = [
    `${from}: ${ana}`,
    `${date}: 2. 3. 2026 10:00`,
    `${to}: Ben <ben@shop.example>`,
    `${cc}: cem@example.com`,
  ];
  return `${separator === '' ? '' : `${separator}\n`}${head.join('\n')}\n${subject}: Broken\n\nIt is broken.`;
}

function glued(words: string): string {
  const [separator, from, subject, date, to, cc] = words.split('|');
  const people = `${from}: ${ana}${to}: "Ben" <ben@shop.example>${cc}: cem@example.com <cem@example.com>`;
  return `   ${separator} ${people}${date}: 2. 3. 2026 10:00 UTC+2${subject}: Broken\n It is broken.`;
}
