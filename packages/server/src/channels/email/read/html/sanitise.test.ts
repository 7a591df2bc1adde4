import { describe, expect, it } from 'vitest';
import { sanitise } from './sanitise.js';

describe('sanitise', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="<img src=x onerror=alert(1)>"></iframe>',
    '<form action="https://evil.example"><input name=a><button formaction="https://evil.example">Go</button></form>',
    '<style>@import url(https://evil.example)</style>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#1;javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example">x</a>',
    '<a ping="https://evil.example" href="https://tea.example">x</a>',
    '<p style="background:url(https://evil.example);position:fixed">x</p>',
    '<p style="background-image:url(https://evil.example)">x</p>',
    '<p style="border:url(evil.example)">x</p>',
    '<p style="list-style-image:url(https://evil.example)">x</p>',
    '<p style="content:url(https://evil.example);cursor:url(https://evil.example),auto">x</p>',
    '<p style="color:red;pos\\69tion:fixed">x</p>',
    '<p style="width:expression(alert(1))" onclick=alert(1)>x</p>',
    '<link rel=stylesheet href="https://evil.example"><base href="https://evil.example"><meta http-equiv=refresh content=0>',
    '<table background="https://evil.example"><tr><td background="https://evil.example">x</table>',
    '<body background="https://evil.example">x</body>',
    '<video poster="https://evil.example" src="https://evil.example"><source src="https://evil.example"></video>',
    '<audio src="https://evil.example" autoplay></audio>',
    '<picture><source srcset="https://evil.example"><img srcset="https://evil.example 2x"></picture>',
    '<object data="https://evil.example"></object><embed src="https://evil.example"><applet code="evil.example">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<img src="//evil.example/x.png">',
    '<img lowsrc="https://evil.example" dynsrc="https://evil.example">',
    '<a href="https://tea.example"><img src="x" style="position:absolute;inset:0"></a>',
    '<div style="position:sticky;top:0;z-index:9;transform:scale(99)">Sign in</div>',
    '<svg><use href="https://evil.example#x"/><image href="https://evil.example"/></svg>',
    '<frameset><frame src="https://evil.example"></frameset>',
    '<isindex action="https://evil.example">',
  ])('takes the harm out of %s', (html) => {
    expect(sanitise(html)).not.toMatch(
      /script|onerror|onclick|alert\(1\)"?>|evil\.example|<(form|input|button|iframe|svg|style|link|base|meta|video|audio|object|embed)|position|url\(|transform/i,
    );
  });

  it.each(['xmp', 'noembed', 'noframes', 'plaintext', 'textarea', 'title', 'template', 'noscript', 'iframe', 'select'])(
    'reads nothing in %s that a browser could read otherwise',
    (tag) => {
      expect(sanitise(`<${tag}><img src=x onerror=alert(1)></${tag}>`)).not.toMatch(/<img[^>]*onerror/);
      expect(sanitise(`<${tag}></${tag}/><img src=x onerror=alert(1)>`)).not.toMatch(/<img[^>]*onerror/);
    },
  );

  it('blocks remote images, keeps those of the mail, and lets links leave no trace', () => {
    expect(sanitise('<img src="https://ana.example/a.png" alt="A"><img src="cid:b@ana">')).toBe(
      '<img alt="A" data-src="https://ana.example/a.png" /><img src="cid:b@ana" />',
    );
    expect(sanitise('<a href="https://ana.example" onclick="x()" target="_top">A</a>')).toBe(
      '<a target="_blank" href="https://ana.example" rel="noopener noreferrer nofollow">A</a>',
    );
  });

  it('keeps a picture that is written into the mail, but no drawing, which could hold a program', () => {
    expect(sanitise('<img src="data:image/png;base64,iVBORw0K">')).toBe('<img src="data:image/png;base64,iVBORw0K" />');
    expect(sanitise('<img src="data:image/svg+xml;base64,PHN2Zz4=">')).toBe('<img />');
  });

  it('leaves a link dead that leads to an address of ours', () => {
    for (const href of ['/api/v1/me', 'console/', '#top', '?x', '\\\\tea.example'])
      expect(sanitise(`<a href="${href}">x</a>`)).toBe('<a>x</a>');
  });

  it('does not take what a sender claims to be ours', () => {
    expect(sanitise('<img data-src="javascript:alert(1)" data-file="x">')).toBe('<img />');
    expect(sanitise('<p data-quoted>x</p>', { foldQuotes: true })).toBe('<p>x</p>');
  });

  it.each([
    '<img src="https://shop.example/open.gif" width="1" height="1">',
    '<img src="https://shop.example/open.gif" width=0 height=0 alt="">',
    '<img src="https://shop.example/open.gif" style="width:1px;height:1px;border:0">',
    '<img src="cid:open@shop" width="1px" height="2px">',
  ])('leaves out %s, which only tells that the mail was read', (pixel) => {
    expect(sanitise(`<p>Hello</p>${pixel}`)).toBe('<p>Hello</p>');
  });

  it('keeps colours, tables and what was hidden hidden', () => {
    const html = '<p style="color:#333;background:#fff;display:none">x</p>';
    expect(sanitise(html)).toBe('<p style="color:#333;background:#fff;display:none">x</p>');
  });
});

describe('sanitise with quotes to fold', () => {
  const quotedIn = (html: string) => sanitise(html, { foldQuotes: true });

  it('marks the element that holds the mail that was answered', () => {
    expect(quotedIn('<p>Yes</p><div class="gmail_quote"><p>Old</p></div><p>PS</p>')).toBe(
      '<p>Yes</p><div data-quoted><p>Old</p></div><p>PS</p>',
    );
  });

  it('marks everything after a cut, text without an element of its own too', () => {
    expect(quotedIn('<div>Yes<hr id="stopSpelling">Old <b>text</b></div><p>More</p>')).toBe(
      '<div>Yes<hr data-quoted /><span data-quoted>Old </span><b data-quoted><span data-quoted>text</span></b></div><p data-quoted><span data-quoted>More</span></p>',
    );
  });

  it('knows a quote by the line before it, and leaves an indented paragraph', () => {
    const header = 'Am 02.03.2026 um 10:00 schrieb Ben &lt;ben@tea.example&gt;:';
    expect(quotedIn(`<p>Yes</p><p>${header}</p><br><blockquote>Old</blockquote>`)).toContain(
      '<blockquote data-quoted>',
    );
    expect(quotedIn('<p>My address:</p><blockquote>Fox Lane 1</blockquote>')).toContain('<blockquote>');
  });
});
