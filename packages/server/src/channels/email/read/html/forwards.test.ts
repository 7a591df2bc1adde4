import { describe, expect, it } from 'vitest';
import { findForward } from '../text/forward.js';
import { visibleText } from '../text/visible.js';
import { readHtml } from './html-text.js';

const who = 'Ana Fox &lt;<a href="mailto:ana@example.com">ana@example.com</a>&gt;';

const forwards: [program: string, html: string][] = [
  [
    'Gmail',
    `<div dir="ltr">Look.<br><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername">Ana Fox</strong> <span>&lt;<a>ana@example.com</a>&gt;</span><br>Date: Mon, Mar 2, 2026 at 10:00 AM<br>Subject: Broken<br>To: &lt;ben@shop.example&gt;<br></div><br><br><div>It is broken.</div></div></div>`,
  ],
  [
    'Apple Mail',
    `<div>Look.</div><br><div><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>${who}<br></div><div><b>Subject: </b><b>Broken</b><br></div><div><b>Date: </b>2. March 2026<br></div><div><b>To: </b>Ben &lt;ben@shop.example&gt;<br></div><br><div>It is broken.</div></blockquote></div>`,
  ],
  [
    'an iPhone',
    `<div>Look.</div><div><br>Anfang der weitergeleiteten Nachricht:<br><br></div><blockquote type="cite"><div><b>Von:</b> ${who}<br><b>Datum:</b> 2. März 2026<br><b>An:</b> ben@shop.example<br><b>Betreff:</b> <b>Broken</b><br><br></div></blockquote><blockquote type="cite"><div>It is broken.</div></blockquote>`,
  ],
  [
    'Thunderbird',
    `<p>Look.</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tbody><tr><th>Subject: </th><td>Broken</td></tr><tr><th>Date: </th><td>Mon, 2 Mar 2026</td></tr><tr><th>From: </th><td>${who}</td></tr><tr><th>To: </th><td>ben@shop.example</td></tr></tbody></table><br>It is broken.</div>`,
  ],
  [
    'Yahoo',
    `<div>Look.</div><div class="ydp1a2b3c4dyahoo_quoted"><div><div>----- Forwarded Message -----</div><div><b>From:</b> ${who}</div><div><b>To:</b> "Ben" &lt;ben@shop.example&gt;</div><div><b>Sent:</b> Monday</div><div><b>Subject:</b> Broken</div><div><br></div><div>It is broken.</div></div></div>`,
  ],
  [
    'Proton',
    `<div>Look.</div><div class="protonmail_quote">------- Forwarded Message -------<br>From: ${who}<br>Date: On Monday, March 2nd, 2026 at 10:00 AM<br>Subject: Broken<br>To: ben@shop.example<br><br><blockquote class="protonmail_quote" type="cite">It is broken.</blockquote></div>`,
  ],
  [
    'Zoho',
    `<div>Look.</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">============ Forwarded message ============<br>From: ${who}<br>To: ben@shop.example<br>Date: Mon, 02 Mar 2026<br>Subject: Broken<br>============ Forwarded message ============<br></div><br><blockquote id="blockquote_zmail">It is broken.</blockquote></div>`,
  ],
];

const withoutSeparator: [program: string, html: string][] = [
  [
    'Outlook',
    `<p>Look.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Von:</b> ${who} <br><b>Gesendet:</b> Montag, 2. März 2026 10:00<br><b>An:</b> Ben<br><b>Betreff:</b> Broken</p></div></div><p>&nbsp;</p><p>It is broken.</p>`,
  ],
  [
    'Outlook on the web',
    `<div>Look.</div><hr tabindex="-1" style="width:98%"><div id="divRplyFwdMsg"><b>From:</b> ${who}<br><b>Sent:</b> Monday<br><b>To:</b> Ben<br><b>Subject:</b> Broken<div>&nbsp;</div></div><div>It is broken.</div>`,
  ],
  [
    'GMX',
    `<div>Look.</div><div name="quote"><div><b>Gesendet:</b>&nbsp;Montag<br/><b>Von:</b>&nbsp;${who}<br/><b>An:</b>&nbsp;ben@shop.example<br/><b>Betreff:</b>&nbsp;Broken</div><div>It is broken.</div></div>`,
  ],
];

describe('a mail passed on as HTML', () => {
  it.each([...forwards, ...withoutSeparator])('is found in a forward by %s', (_program, html) => {
    expect(findForward('Fwd: Broken', readHtml(html).text, 'ben@shop.example')).toMatchObject({
      from: { name: 'Ana Fox', address: 'ana@example.com' },
      subject: 'Broken',
      body: 'It is broken.',
      note: 'Look.',
    });
  });

  it.each(forwards)('is no quote, though %s marks it as one', (_program, html) => {
    const visible = visibleText({ ...readHtml(html), html, plain: null });
    expect(visible).toContain('Look.');
    expect(visible).toContain('It is broken.');
  });
});
