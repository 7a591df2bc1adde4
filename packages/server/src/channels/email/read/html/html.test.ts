import { describe, expect, it } from 'vitest';
import { boundHtml } from './bound-html.js';
import { readHtml } from './html-text.js';
import { sanitise } from './sanitise.js';

describe('readHtml', () => {
  it('reads text as a browser lays it out', () => {
    const { text } = readHtml(
      '<style>p{}</style><p>Hello&nbsp;<b>Ben</b>,</p><p>a<br>b</p><table><tr><td>1<td>2</table>',
    );
    expect(text).toBe('Hello Ben,\n\na\nb\n\n1 2');
  });

  it.each([
    ['Gmail', '<div>Yes</div><div class="gmail_quote">On Monday Ben wrote:<blockquote>Old</blockquote></div>'],
    ['Apple Mail', '<div>Yes</div><blockquote type="cite">Old</blockquote>'],
    [
      'Outlook on the web',
      '<div>Yes</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Old</div><div>Old</div>',
    ],
    [
      'Outlook',
      '<p>Yes</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">Old</div><p>Old</p>',
    ],
    ['Yahoo', '<div>Yes</div><div id="yahoo_quoted_12" class="yahoo_quoted">Old</div>'],
    ['Proton', '<div>Yes</div><div class="protonmail_quote">Old</div>'],
    ['Zimbra', '<div>Yes</div><hr data-marker="__DIVIDER__"><div data-marker="__QUOTED_TEXT__">Old</div>'],
    ['Front', '<div>Yes</div><blockquote class="front-blockquote">Old</blockquote>'],
    ['an unmarked quote', '<p>Yes</p><p>Am 02.03.2026 um 10:00 schrieb Ben:</p><blockquote>Old</blockquote>'],
  ])('leaves out the quote of %s', (_name, html) => {
    const { text, fresh } = readHtml(html);
    expect(fresh).not.toContain('Old');
    expect(fresh).toContain('Yes');
    expect(text).toContain('Old');
  });

  it('keeps an indented paragraph that nobody else wrote', () => {
    expect(readHtml('<p>My address:</p><blockquote>Fox Lane 1</blockquote>').fresh).toContain('Fox Lane 1');
  });
});

describe('sanitise', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=a><button>Go</button></form>',
    '<style>@import url(https://evil.example)</style>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="background:url(https://evil.example);position:fixed">x</p>',
    '<link rel=stylesheet href="https://evil.example"><base href="https://evil.example"><meta http-equiv=refresh content=0>',
    '<table background="https://evil.example"><tr><td>x</table>',
    '<video poster="https://evil.example" src="https://evil.example"></video>',
    '<img srcset="https://evil.example 2x">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<img src="//evil.example/x.png">',
  ])('takes the harm out of %s', (html) => {
    expect(sanitise(html)).not.toMatch(
      /script|onerror|evil\.example|<(form|input|iframe|svg|style|link|base|meta|video)|position/i,
    );
  });

  it('blocks remote images, keeps those of the mail, and lets links leave no trace', () => {
    expect(sanitise('<img src="https://ana.example/a.png" alt="A"><img src="cid:b@ana">')).toBe(
      '<img alt="A" data-src="https://ana.example/a.png" /><img src="cid:b@ana" />',
    );
    expect(sanitise('<a href="https://ana.example" onclick="x()">A</a>')).toBe(
      '<a href="https://ana.example" rel="noopener noreferrer nofollow" target="_blank">A</a>',
    );
  });

  it('does not take what a sender claims to be blocked', () => {
    expect(sanitise('<img data-src="javascript:alert(1)">')).toBe('<img />');
  });
});

it('cuts HTML that is nested without end, not HTML with unclosed paragraphs', () => {
  expect(boundHtml('<div>'.repeat(100_000)).cut).toBe(true);
  expect(boundHtml('<p>x<td>'.repeat(10_000)).cut).toBe(false);
});
