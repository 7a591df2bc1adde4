import { describe, expect, it } from 'vitest';
import { visibleText } from '../text/visible.js';
import { readHtml } from './html-text.js';

const visible = (html: string) => visibleText({ ...readHtml(html), html, plain: null });

const replies: [program: string, html: string][] = [
  [
    'Gmail',
    '<div dir="ltr">It fits.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Mar 2, 2026 at 10:00 AM Ben &lt;<a href="mailto:ben@shop.example">ben@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>Does it fit?</div></blockquote></div>',
  ],
  [
    'Gmail of old',
    '<div dir="ltr">It fits.</div><div class="gmail_extra"><br><div class="gmail_quote">2026-03-02 10:00 GMT+01:00 Ben <span dir="ltr">&lt;<a>ben@shop.example</a>&gt;</span>:<br><blockquote class="gmail_quote"><p>Does it fit?</p></blockquote></div><br></div>',
  ],
  [
    'Gmail in Thai',
    '<div>It fits.</div><div class="gmail_quote"><div class="gmail_attr">เมื่อ จ. 2 มี.ค. 2026 เวลา 10:00 Ben &lt;ben@shop.example&gt; บอกไว้:</div><blockquote class="gmail_quote">Does it fit?</blockquote></div>',
  ],
  [
    'Gmail, with a signature',
    '<div>It fits.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Ana Fox</div></div><div class="gmail_quote"><div class="gmail_attr">On Mon Ben wrote:</div><blockquote class="gmail_quote">Does it fit?</blockquote></div>',
  ],
  [
    'Outlook on the web',
    '<div class="elementToProof">It fits.</div><div id="Signature"><p>Ana Fox</p></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Ben<br><b>Sent:</b> Monday<br></div><div>Does it fit?</div>',
  ],
  [
    'Outlook on the web, newest',
    '<div class="elementToProof">It fits.</div><hr style="display: inline-block; width: 98%;"><div id="divRplyFwdMsg" dir="ltr"><b>Van:</b> Ben</div><div>Does it fit?</div>',
  ],
  [
    'Outlook for Windows',
    '<div class="WordSection1"><p class="MsoNormal">It fits.<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Ben <br><b>Gesendet:</b> Montag<br><b>An:</b> Ana<br><b>Betreff:</b> AW: Size</p></div></div><p>Does it fit?</p></div>',
  ],
  [
    'Outlook for Windows that indents',
    "<div class=WordSection1><p class=MsoNormal>It fits.</p><div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Ben</p></div></div><p>Does it fit?</p></div></div>",
  ],
  [
    'Outlook 2003',
    '<div><p>It fits.</p><div align=center><hr size=2 width="100%" align=center tabindex=-1></div><p><b>From:</b> Ben [mailto:ben@shop.example] <br><b>Sent:</b> Monday, March 2, 2026 10:00 AM<br><b>To:</b> Ana<br><b>Subject:</b> Size</p><p>Does it fit?</p></div>',
  ],
  [
    'Outlook for Mac of old',
    '<div>It fits.</div><span id="OLK_SRC_BODY_SECTION"><div style="font-family:Calibri; BORDER-TOP: #b5c4df 1pt solid;"><span>From: </span>Ben</div><div>Does it fit?</div></span>',
  ],
  [
    'Outlook for Mac',
    '<div>It fits.</div><div id="mail-editor-reference-message-container"><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><b>From: </b>Ben</div><div>Does it fit?</div></div>',
  ],
  [
    'Outlook for iOS',
    '<div dir="ltr">It fits.</div><div id="ms-outlook-mobile-body-separator-line"><br></div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"><b>From:</b> Ben</div><div>Does it fit?</div>',
  ],
  [
    'Hotmail of old',
    '<div dir="ltr">It fits.<br><br><div><hr id="stopSpelling">Date: Mon, 2 Mar 2026 10:00:00 +0100<br>Subject: Size<br>From: ben@shop.example<br>To: ana@example.com<br><br>Does it fit?</div></div>',
  ],
  [
    'Windows Mail',
    '<div>It fits.</div><div>Sent from Windows Mail</div><div><br></div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><b>From:</b>&nbsp;Ben<br><b>Sent:</b>&nbsp;Monday<br><b>To:</b>&nbsp;<a>ana@example.com</a></div></div><div><br></div><div>Does it fit?</div>',
  ],
  [
    'Apple Mail',
    '<div>It fits.</div><br><div><blockquote type="cite"><div>On 2. Mar 2026, at 10:00, Ben &lt;ben@shop.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>Does it fit?</div></blockquote></div><br>',
  ],
  [
    'an iPhone',
    '<div dir="ltr">It fits.<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Ana Fox<div>Fox Ltd</div></div><div dir="ltr"><br><blockquote type="cite">On 2. Mar 2026, at 10:00, Ben wrote:<br><br></blockquote></div><blockquote type="cite"><div>Does it fit?</div></blockquote></div>',
  ],
  [
    'an iPhone in German',
    '<div dir="auto">It fits.<br><br><div id="AppleMailSignature" dir="ltr">Von meinem iPhone gesendet</div><div><br>Am 02.03.2026 um 10:00 schrieb Ben &lt;ben@shop.example&gt;:<br><br></div><blockquote type="cite">Does it fit?</blockquote></div>',
  ],
  [
    'Thunderbird',
    '<p>It fits.</p><pre class="moz-signature" cols="72">-- \nAna Fox</pre><div class="moz-cite-prefix">Am 02.03.26 um 10:00 schrieb Ben:<br></div><blockquote type="cite" cite="mid:1@shop.example"><p>Does it fit?</p></blockquote>',
  ],
  [
    'Yahoo',
    '<div class="ydp3f1a9c2eyahoo-style-wrap"><div>It fits.</div><div class="ydp3f1a9c2esignature">Ana Fox</div></div><div id="ydp7b0c11d4yahoo_quoted_4711" class="ydp7b0c11d4yahoo_quoted"><div><div>On Monday, March 2, 2026 at 10:00:00 AM GMT+1, Ben &lt;ben@shop.example&gt; wrote:</div><div>Does it fit?</div></div></div>',
  ],
  [
    'Yahoo on Android',
    '<div>It fits.</div><br><div id="ymail_android_signature"><a href="https://go.onelink.me">Sent from Yahoo Mail on Android</a></div><br><blockquote style="margin: 0 0 20px 0;"><div style="color:#6D00F6;"><div>On Mon, Mar 2, 2026 at 10:00, Ben</div><div>&lt;ben@shop.example&gt; wrote:</div></div><div style="border-left: 1px solid #6D00F6;">Does it fit?</div></blockquote>',
  ],
  [
    'Yahoo on iOS',
    'It fits.<br><br><p class="yahoo-quoted-begin">On Monday, March 2, 2026, 10:00 AM, Ben wrote:</p><blockquote class="iosymail"><div>Does it fit?</div></blockquote>',
  ],
  [
    'Proton',
    '<div>It fits.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a>Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Monday, March 2nd, 2026 at 10:00 AM, Ben &lt;ben@shop.example&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">Does it fit?</blockquote><br></div>',
  ],
  [
    'Zimbra',
    '<div><div>It fits.</div><div data-marker="__SIG_POST__">Ana Fox</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Ben"<br></div><div data-marker="__QUOTED_TEXT__">Does it fit?</div></div>',
  ],
  [
    'Zimbra of old',
    '<div><p>It fits.</p><hr id="zwchr"><b>From: </b>Ben<br><b>To: </b>Ana<br><b>Sent: </b>Monday<br><b>Subject: </b>Size<br><div>Does it fit?</div></div>',
  ],
  [
    'Front',
    '<div>It fits.</div><div class="front-signature">Ana Fox</div><div>On March 2, 2026 at 10:00 AM GMT+1 <a>ben@shop.example</a> wrote:<br><br><blockquote type="cite" class="front-blockquote">Does it fit?</blockquote></div>',
  ],
  [
    'Zoho',
    '<div>It fits.</div><div id="Zm-_Id_-Sgn" class="zmail_signature_below">Ana Fox</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, 02 Mar 2026 10:00:00 +0100 <b>Ben &lt;ben@shop.example&gt;</b> wrote ---</div><blockquote id="blockquote_zmail">Does it fit?</blockquote></div>',
  ],
  [
    'a Samsung phone',
    '<div dir="auto">It fits.</div><div id="composer_signature" dir="auto"><div>Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%"><div>-------- Original message --------</div><div>From: Ben &lt;ben@shop.example&gt; </div><div>Date: 3/2/26  10:00 AM  (GMT+01:00) </div><div>To: Ana </div><div>Subject: Size </div><div>Does it fit?</div></div>',
  ],
  [
    'K-9',
    '<div>It fits.</div><div class="k9mail-signature">-- <br>Ana Fox</div><br><div class="gmail_quote">On 2 March 2026 10:00:00 CET, Ben &lt;ben@shop.example&gt; wrote:<blockquote class="gmail_quote" style="border-left: 1px solid rgb(204, 204, 204);">Does it fit?</blockquote></div>',
  ],
  [
    'FairEmail',
    '<div><p>It fits.</p></div><div fairemail="signature"><p>Ana Fox</p></div><div fairemail="reference"><p>March 2, 2026, Ben:</p><blockquote type="cite">Does it fit?</blockquote></div>',
  ],
  [
    'Spark',
    '<div name="messageBodySection">It fits.</div><div name="messageSignatureSection">Ana Fox</div><div name="messageReplySection">On 2 Mar 2026, 10:00 +0100, Ben, wrote:<br><blockquote type="cite" class="spark_quote">Does it fit?</blockquote></div>',
  ],
  [
    'GMX',
    '<div>It fits.</div><div name="quote" style="margin: 10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b> Montag, 2. März 2026 um 10:00 Uhr<br><b>Von:</b> Ben</div><div>Does it fit?</div></div>',
  ],
  [
    'Mail.ru',
    '<p>It fits.</p><br>Понедельник, 2 марта 2026, 10:00 +03:00 от Ben &lt;ben@shop.example&gt;:<br><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Does it fit?</blockquote><br>',
  ],
  [
    'Yandex',
    '<div>It fits.</div><div>02.03.2026, 10:00, "Ben" &lt;<a>ben@shop.example</a>&gt;:</div><blockquote><p>Does it fit?</p></blockquote>',
  ],
  [
    'Roundcube',
    '<p>It fits.</p><p id="reply-intro">On 2026-03-02 10:00, Ben wrote:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">Does it fit?</blockquote>',
  ],
  [
    'Fastmail',
    '<div>It fits.</div><div id="sig12345"><div>Ana Fox</div></div><div>On Mon, 2 Mar 2026, at 10:00, Ben wrote:<br></div><blockquote type="cite" id="qt">Does it fit?</blockquote>',
  ],
  [
    'Tuta',
    '<div>It fits.</div><div>2. März 2026, 10:00 von ben@shop.example:</div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8">Does it fit?</blockquote>',
  ],
  [
    'eM Client',
    '<div>It fits.</div><div>------ Original Message ------</div><div>From "Ben" &lt;ben@shop.example&gt;</div><div>To Ana</div><blockquote cite="1@shop.example" type="cite" class="cite2">Does it fit?</blockquote>',
  ],
  [
    'Airmail',
    '<div>It fits.</div><div id="bloop_sign_1" class="bloop_sign">Ana Fox</div><p class="airmail_on">On 2 March 2026 at 10:00:00, Ben wrote:</p><blockquote type="cite" class="clean_bq">Does it fit?</blockquote>',
  ],
  [
    'Mailspring',
    '<div>It fits.</div><signature id="1">Ana Fox</signature><div class="gmail_quote_attribution">On Mar 2 2026, at 10:00 am, Ben wrote:</div><blockquote class="gmail_quote nylas-quote">Does it fit?</blockquote>',
  ],
  [
    'Horde',
    '<p>It fits.</p><p>Zitat von Ben Hill &lt;ben@shop.example&gt;:</p><blockquote type="cite">Does it fit?</blockquote>',
  ],
  [
    'NetEase',
    '<div>It fits.</div><br><div>At 2026-03-02 10:00:00, "Ben" &lt;ben@shop.example&gt; wrote:</div><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; BORDER-LEFT: #ccc 1px solid">Does it fit?</blockquote>',
  ],
  [
    'QQ',
    '<div>It fits.</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;Ben</div><div>Does it fit?</div>',
  ],
  [
    'Lotus Notes',
    '<p>It fits.</p><table><tr><td>From:</td><td>Ben Hill/Shop</td></tr><tr><td>To:</td><td>Ana</td></tr><tr><td>Date:</td><td>02.03.2026 10:00</td></tr><tr><td>Subject:</td><td>Size</td></tr></table><hr noshade><p>Does it fit?</p>',
  ],
  [
    'Superhuman',
    '<div>It fits.</div><div class="sh-signature">Ana Fox</div><div class="gmail_quote sh-color-black">On Mon, Mar 02, 2026 at 10:00 AM, Ben &lt;ben@shop.example&gt; wrote:<br><blockquote class="gmail_quote sh-color-black">Does it fit?</blockquote></div>',
  ],
];

replies.push(
  [
    'NetEase Mail Master',
    '<div>It fits.</div><div id="ntes-pcmac-signature">Ana Fox</div><div>---- 回复的原邮件 ----</div><blockquote id="ntes-iosmail-quote">Does it fit?</blockquote>',
  ],
  [
    'Naver',
    '<p>It fits.</p><div class="replyHeader"><p>-----Original Message-----</p><p><b>From:</b> Ben</p></div><p>Does it fit?</p>',
  ],
  ['Lark', '<div>It fits.</div><div id="lark-mail-quote-4711"><div>From: Ben</div><div>Does it fit?</div></div>'],
  [
    'Foxmail',
    '<div>It fits.</div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div>Ana Fox</div><blockquote><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><b>发件人：</b>Ben</div>Does it fit?</blockquote>',
  ],
  [
    'DingTalk',
    '<div>It fits.</div><div class="__aliyun_signature_wrap">Ana Fox</div><blockquote class="__aliyun_quote">Does it fit?</blockquote>',
  ],
);

replies.push([
  'a program nobody has heard of',
  '<div>It fits.</div><div class="foxmail-signature">Ana Fox</div><div class="foxmail_quote">Ben, on a Monday<div>Does it fit?</div></div>',
]);

describe('the new text of HTML mail', () => {
  it.each(replies)('is found in a reply by %s', (_program, html) => {
    expect(visible(html)).toBe('It fits.');
    expect(readHtml(html).text).toContain('Does it fit?');
  });

  it('keeps what is written between the quotes of Gmail, and below them', () => {
    const html =
      '<div>See below.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 Ben wrote:</div><blockquote class="gmail_quote">Which size?</blockquote><div>Medium.</div><blockquote class="gmail_quote">Which colour?</blockquote><div>Blue.</div></div>';
    expect(visible(html)).toBe('See below.\nMedium.\nBlue.');
    const below =
      '<div class="gmail_quote">On Mon Ben wrote:<br><blockquote class="gmail_quote">Old</blockquote></div>New.';
    expect(visible(below)).toBe('New.');
  });

  it('keeps answers below the quotes of Apple Mail and Thunderbird', () => {
    const html =
      '<div>On Mar 2, 2026, at 10:00, Ben wrote:<br></div><blockquote type="cite">Which size?</blockquote><div>Medium.</div><blockquote type="cite">Which colour?</blockquote><div>Blue.</div>';
    expect(visible(html)).toBe('Medium.\nBlue.');
  });

  it('is not cut by a mark inside of a quote', () => {
    const html =
      '<blockquote type="cite"><p>Which size?</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">From: Cem</div></blockquote><p>Medium.</p>';
    expect(visible(html)).toBe('Medium.');
  });

  it('does not take for an answer what stands below a quote within a quote', () => {
    const html =
      '<div>For you.</div><div class="gmail_quote"><p>His words.</p><blockquote>A poem</blockquote><p>More of his words.</p></div>';
    expect(visible(html)).toBe('For you.');
  });

  it('keeps an indented paragraph that nobody else wrote', () => {
    expect(visible('<p>My address is this one.</p><blockquote>Fox Lane 1</blockquote>')).toContain('Fox Lane 1');
  });

  it('keeps offers and sayings that shops call quotes', () => {
    const html =
      '<p>Here it is.</p><div class="price-quote">100 lamps</div><blockquote class="pull-quote">Buy!</blockquote>';
    expect(visible(html)).toContain('100 lamps\n\nBuy!');
  });

  it('shows all when the program marked all as a quote', () => {
    expect(visible('<div class="gmail_quote">Please call me.</div>')).toBe('Please call me.');
    expect(visible('<blockquote type="cite">Please call me.</blockquote>')).toBe('Please call me.');
  });

  it('comes to an end with blanks that do not break', () => {
    expect(visible(`It fits.${'\u00a0'.repeat(500_000)}`)).toBe('It fits.');
  });

  it('leaves thanks above a name: programs mark what they add', () => {
    expect(visible('<p>It fits.</p><p>Thanks,<br>Ana</p>')).toBe('It fits.\n\nThanks,\nAna');
  });
});
