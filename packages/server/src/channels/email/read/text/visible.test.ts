import { describe, expect, it } from 'vitest';
import { visibleText } from './visible.js';

const visible = (text: string) => visibleText({ text, fresh: text, html: null, plain: null });

describe('visibleText', () => {
  it('cuts the mail a German Outlook puts below the answer', () => {
    const text =
      'Danke, das passt.\n\nVon: Ben <ben@shop.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Ana\nBetreff: AW: Bestellung\n\nHallo Ana';
    expect(visible(text)).toBe('Danke, das passt.');
  });

  it.each([
    'On Mon, Mar 2, 2026 at 10:00 AM Ben Hill <ben@shop.example> wrote:',
    'On Mon, Mar 2, 2026 at 10:00 AM Ben Hill\n<ben@shop.example> wrote:',
    'Am 02.03.2026 um 10:00 schrieb Ben Hill:',
    'Le lun. 2 mars 2026 à 10:00, Ben <ben@shop.example> a écrit :',
    'El 2 mar 2026, a las 10:00, Ben <ben@shop.example> escribió:',
    'Op ma 2 mrt. 2026 om 10:00 schreef Ben <ben@shop.example>:',
    'пн, 2 мар. 2026 г. в 10:00, Ben <ben@shop.example>:',
    'Il giorno lun 2 mar 2026 alle ore 10:00 Ben <ben@shop.example> ha scritto:',
    'Ben <ben@shop.example> escreveu (segunda, 2/03/2026 à(s) 10:00):',
    'Op 2 mrt 2026, om 10:00 heeft Ben <ben@shop.example> het volgende geschreven:',
    'man. 2. mars 2026 kl. 10:00 skrev Ben <ben@shop.example>:',
    'Ben <ben@shop.example> kirjoitti 2.3.2026 kello 10.00:',
    'Wiadomość napisana przez Ben <ben@shop.example> w dniu 2 mar 2026, o godz. 10:00:',
    'po 2. 3. 2026 v 10:00 odesílatel Ben <ben@shop.example> napsal:',
    'Ben <ben@shop.example> ezt írta (időpont: 2026. márc. 2., H, 10:00):',
    'pon, 2. ožu 2026. u 10:00 Ben <ben@shop.example> napisao je:',
    'Ben <ben@shop.example>, 2 Mar 2026 Pzt, 10:00 tarihinde şunu yazdı:',
    'Στις Δευ 2 Μαρ 2026 στις 10:00 π.μ., ο χρήστης Ben <ben@shop.example> έγραψε:',
    'În lun., 2 mar. 2026 la 10:00, Ben <ben@shop.example> a scris:',
    'в 10:00, 2 березня 2026 р., Ben <ben@shop.example> пише:',
    'Vào Th 2, 2 thg 3, 2026 vào lúc 10:00 Ben <ben@shop.example> đã viết:',
    'Pada Sen, 2 Mar 2026 pukul 10.00 Ben <ben@shop.example> menulis:',
    'בתאריך יום ב׳, 2 במרץ 2026 ב-10:00 מאת Ben <ben@shop.example>:',
    'في الاثنين، ٢ مارس ٢٠٢٦ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة Ben <ben@shop.example>:',
    '2026년 3월 2일 (월) 오전 10:00, Ben <ben@shop.example>님이 작성:',
    'Ben <ben@shop.example> 于2026年3月2日周一 10:00写道：',
    '2 Hulyo 2026 10:00, sinabi ni Ben <ben@shop.example> ito:',
    '2026/03/02 10:00、Ben <ben@shop.example>のメール:',
    'Quoting Ben Hill <ben@shop.example>:',
    '---- Am Mo, 02 Mär 2026 10:00:00 +0100 schrieb Ben <ben@shop.example> ----',
    '-----Original-Nachricht-----',
    '-------- Αρχικό μήνυμα --------',
    '~~~~ Original Message ~~~~',
    'Ben Hill ---02.03.2026 10:00:00---Does it fit?',
    'Message du 02/03/26 10:00',
    'Il 2 marzo 2026 10:00:00 CET, Ben <ben@shop.example> ha scritto:',
    'Em seg., 2 de mar. de 2026, 10:00, Ben Hill <\nben@shop.example> escreveu:',
    'Ben Hill <ben@shop.example> schrieb am Mo., 2. März 2026, 10:00:',
    'maanantai 2. maaliskuuta 2026 klo 10.00.00 UTC+2 Ben <ben@shop.example> kirjoitti:',
    'De : Ben <ben@shop.example> \nDate : 02/03/2026 10:00 (GMT+01:00) \nÀ : ana \nObjet : Size',
    '----- Mail original -----',
    '------------------ 原始邮件 ------------------',
    '-------- הודעה מקורית --------',
    '----- Ben Hill/Shop wrote: -----',
    '>>> Ben Hill <ben@shop.example> 02.03.2026 10:00 >>>',
    '##- Please type your reply above this line -##',
    '2026年3月2日(月) 10:00 Ben <ben@shop.example>:',
    '-----Original Message-----',
    '-----Ursprüngliche Nachricht-----',
    '-----Message d’origine-----',
    '-----邮件原件-----',
    '2 марта 2026, 10:00, "Ben Hill" < ben@shop.example >:',
    'Вы писали 2 марта 2026 г., 10:00:00:',
  ])('cuts below %s', (line) => {
    expect(visible(`Thanks, that works.\n\n${line}\n\n> Hello Ana`)).toBe('Thanks, that works.');
    expect(visible(`Thanks, that works.\n\n${line}\n\nHello Ana`)).toBe('Thanks, that works.');
  });

  it('keeps answers written between the lines of a quote', () => {
    const text =
      'On Mon, Mar 2, 2026 at 10:00 AM Ben <ben@shop.example> wrote:\n> Which size?\nMedium\n> Which colour?\nBlue';
    expect(visible(text)).toBe('Medium\nBlue');
  });

  it.each([
    ['Ben Hill writes:'],
    ['Mar 2, 2026, 10:00 by ben@shop.example:'],
    ['2. März 2026, 10:00 von ben@shop.example:'],
    ['2 Hulyo 2026 10:00, Ben:'],
    ['2026/3/2 Ben Hill <ben@shop.example>'],
    ['Citát Ben Hill <ben@shop.example>:'],
  ])('takes %j for the head of a quote only above one', (line) => {
    expect(visible(`${line}\n> Which size?\n\nMedium`)).toBe('Medium');
    expect(visible(`As agreed.\n\n${line}\nMedium`)).toContain('Medium');
  });

  it('keeps what is added below the signature', () => {
    expect(visible('It is broken.\n\nBest regards\nAna\n\nPS: The blue one.')).toBe(
      'It is broken.\n\nPS: The blue one.',
    );
  });

  it('knows a quote by the initials before its mark', () => {
    expect(visible('It fits.\n\nBH> Does it fit?\nBH> Or not?')).toBe('It fits.');
  });

  it('goes on below the quote under which the sender already signed', () => {
    const text = 'See below.\n-- \nAna Fox\n\nBen Hill writes:\n> Which size?\nMedium\n> Which colour?\nBlue';
    expect(visible(text)).toBe('See below.\nMedium\nBlue');
  });

  it.each([
    ['Russian', 'От: Ben\nОтправлено: 2 марта 2026 г. 10:00\nКому: Ana\nТема: Заказ'],
    ['Hebrew', 'מאת: Ben\nנשלח: יום שני 2 מרץ 2026\nאל: Ana\nנושא: הזמנה'],
    ['Arabic', 'من: Ben\nتم الإرسال: 02 مارس 2026\nإلى: Ana\nالموضوع: طلب'],
    ['Chinese', '寄件者: Ben\n寄件日期: 2026年3月2日\n收件者: Ana\n主旨: 訂單'],
    ['Romanian', 'De la: Ben\nDată: luni, 2 martie 2026\nCătre: Ana\nSubiect: Comandă'],
    ['Slovenian', 'Od: Ben\nPoslano: 2. marec 2026\nZa: Ana\nZadeva: Naročilo'],
    ['Bulgarian', 'От: Ben\nИзпратено: 2 март 2026\nДо: Ana\nОтносно: Поръчка'],
    ['Thai', 'จาก: Ben\nส่ง: 2 มีนาคม 2026\nถึง: Ana\nเรื่อง: คำสั่งซื้อ'],
    ['Vietnamese', 'Từ: Ben\nĐã gửi: 2 Tháng Ba 2026\nĐến: Ana\nChủ đề: Đơn hàng'],
  ])('cuts the mail below a header in %s', (_language, header) => {
    expect(visible(`OK\n\n${header}\n\nHello Ana`)).toBe('OK');
  });

  it.each([
    '-- \nAna Fox\nFox Ltd',
    'Sent from my iPhone',
    'Best regards,\nAna Fox',
    'Mit freundlichen Grüßen\nAna Fox',
    '- Ana',
    'Thank you,\nAna',
    'Kind regards, Ana Fox',
    'Viele Grüße Ana',
    'Med vänlig hälsning\nAna Fox\nFox AB',
    'С уважением,\nАна',
    'Best,\nAna',
    'Best regards,\nAna Fox\n\nThis e-mail is confidential and may be read by nobody but the one it was written to, whoever that may be.',
    'Mit freundlichen Grüßen\n\nAna Fox\n\nFox GmbH, Sitz der Gesellschaft: Fuchsdorf, Registergericht: Amtsgericht Fuchsdorf, HRB 1234, Geschäftsführerin: Ana Fox',
    'Ana Fox\nvia mobile',
    'Ana Fox, Ph.D.\nHead of Foxes\nFox Ltd\nana@example.com\nwww.fox.example',
    'Diese Nachricht wurde von meinem Android Gerät mit GMX Mail gesendet.',
    'Sent from my Verizon, Samsung Galaxy smartphone',
    'iPhoneから送信',
    'Outlook für iOS beziehen',
    'Virus-free. www.avast.com',
    'Met vriendelijke groet,\nAna Fox',
    'Thanks & Regards\nAna Fox',
    'Mit freundlichen Grüßen / Best regards\n\nAna Fox',
    'Schöne Grüße aus Berlin\nAna',
    'Bonne journée,\nAna',
    'Merci d’avance,\nAna',
    'Un caro saluto\nAna',
    'Alvast bedankt,\nAna',
    'С ув., Ана',
    'תודה,\nאנה',
    'مع تحياتي،\nآنا',
    '敬具\n田中花子',
    '감사합니다.\n김안나 드림',
    '祝商祺\n王安娜',
    'Sent from myMail for iOS',
    'Sent from a mobile device',
    'Sent from my phone, please excuse typos',
    'Diese E-Mail wurde von meinem Mobiltelefon gesendet',
    'Inviato dal mio cellulare',
    'Lähetetty puhelimesta',
    'Telefonumdan gönderildi',
    '네이버 메일 앱에서 보냈습니다.',
    '发自我的小米手机',
    'נשלח מהטלפון שלי',
    'تم الإرسال من جهاز Galaxy',
    'Đã gửi từ iPhone của tôi',
    'ส่งจาก iPhone ของฉัน',
    'मेरे iPhone से भेजा गया',
  ])('cuts the signature %j', (signature) => {
    expect(visible(`The lamp I bought is broken.\n\n${signature}`)).toBe('The lamp I bought is broken.');
  });

  it.each([
    'I had to wait, with regards to the order, until 10:00.',
    'From: my point of view it is fine.',
    'On Monday at 10:00 I called, and nobody answered.',
    'Sent from my old flat, it never arrived.',
    'He wrote:\nnothing at all',
    'On Monday 2 March 2026 I wrote:\nmy printer is broken. It still is.',
    'Am 2.3.2026 schrieben wir:\nbitte um Rückruf',
    'I have a question.\n\n2 марта 2026 я писал:\nлампа не работает.',
    'I have a question.\n\nDne 2.3.2026 jsem napsal:\nlampa nesvítí.',
    'I have a question.\n\nPlease call me:\n\n+49 30 1234567\nana@example.com',
    'I have a question.\n\nYou can reach me here\n\n+49 30 1234567\nana@example.com\n\nor at work.',
    'I have a question.\n\nChange my address\n\nfrom: ana@old.example\nto: ana@example.com\n\nand that is all I want',
    'Please send it to:\n\nAna Fox\n+49 30 1234567\nana@example.com',
    'I need these:\n- Apples\n- Pears',
    'I need these.\n\n- Apples\n- Pears',
    'My order:\n\n- Apples',
    'My flight\n\nFrom: Berlin\nTo: Paris\nDate: 2.3.2026 10:00\n\nCan I change it?',
    'I ordered on 2 March 2026 at 10:00 and got this:\n\nError 5\n\nWhat now?',
    'I like both.\n\n---\n\nOne more thing: where is my invoice?',
    'LG\nOLED55\nno picture',
    'Name    Price\n-------------\nApple   1.20\nPear    1.40',
    'Hello\nSaludos,\nNecesito ayuda con mi pedido.',
    'First of all the lamp.\n\n_____\n\nThen the chair is broken as well.',
    'Hello,\n\nAna Fox\n+49 30 1234567\nana@example.com',
    'Thank you',
    'Thanks\nfor nothing at all, the thing still blinks.',
    'Bonne journée aux enfants, qui aiment la lampe.',
    'My favourite is the red one.\n\nUn saludo desde la montaña roja',
    'Best,\nif you ask me, would be the blue one.',
    'Sent from my desk, which is easier than from my phone.',
  ])('takes nothing from %j', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('takes the quotes of the plain text when the HTML marks none', () => {
    const plain = 'It fits.\n\nBen @ 10:00\n> Does it fit?';
    const text = 'It fits.\n\nBen @ 10:00\n\nDoes it fit?';
    expect(visibleText({ text, fresh: text, html: '', plain })).toBe('It fits.\n\nBen @ 10:00');
    expect(visibleText({ text, fresh: text, html: '', plain: 'It fits.' })).toBe(text);
  });

  it('shows all when nothing else would remain', () => {
    expect(visible('> only a quote')).toBe('> only a quote');
    expect(visible('Best regards,\nAna')).toBe('Best regards,\nAna');
    expect(visible('Thank you,\nAna')).toBe('Thank you,\nAna');
  });

  it.each(['\n', 'From: a\nTo: b\n', 'Best regards\n', 'Ana Fox\n\n', 'On 10:00 a@b\n', '>', '-- a ', 'a wrote: '])(
    'comes to an end with %j again and again',
    (piece) => {
      expect(visible(`It is broken.\n\n${piece.repeat(200_000 / piece.length)}`)).toMatch(/^It is broken/);
    },
  );
});
