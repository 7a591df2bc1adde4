import { describe, expect, it } from 'vitest';
import { boundHtml } from './bound-html.js';
import { readHtml } from './html-text.js';

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

it('cuts HTML that is nested without end, not HTML with unclosed paragraphs', () => {
  expect(boundHtml('<div>'.repeat(100_000)).cut).toBe(true);
  expect(boundHtml('<p>x<td>'.repeat(10_000)).cut).toBe(false);
});
