import type { VisitorEntry } from '@helpline/protocol';
import { assert } from 'chai';
import { linkify } from './linkify.js';
import { timeline } from './timeline.js';
import { wordsFor } from './words.js';

const message = (n: number, name: string, at: string, clientId?: string): VisitorEntry => ({
  type: 'message',
  n,
  at,
  from: name === '' ? { kind: 'you', name } : { kind: 'agent', name },
  text: `${n}`,
  channel: 'chat',
  attachments: [],
  clientId,
});

const shape = (entries: VisitorEntry[]) =>
  timeline(entries, []).map((item) => (item.kind === 'message' ? [item.text, item.first, item.last] : item.kind));

describe('timeline', () => {
  it('separates days and joins what one author wrote in a row', () => {
    const entries = [
      message(1, 'Ana', '2026-03-01T10:00:00.000Z'),
      message(2, 'Ana', '2026-03-01T10:01:00.000Z'),
      message(3, '', '2026-03-01T10:02:00.000Z'),
      message(4, '', '2026-03-01T10:30:00.000Z'),
      message(5, 'Ben', '2026-03-03T10:30:00.000Z'),
    ];
    assert.deepEqual(shape(entries), [
      'day',
      ['1', true, false],
      ['2', false, true],
      ['3', true, true],
      ['4', true, true],
      'day',
      ['5', true, true],
    ]);
  });

  it('shows a message once while it is both on its way and confirmed', () => {
    const at = '2026-03-01T10:00:00.000Z';
    const outgoing = { clientId: 'm1', body: '1', at, state: 'pending', error: null } as const;
    const items = timeline([message(1, '', at, 'm1')], [outgoing]).filter(({ kind }) => kind === 'message');
    assert.deepEqual(
      items.map(({ key }) => key),
      ['m1'],
    );
  });
});

describe('linkify', () => {
  it('finds addresses, without the full stop after them', () => {
    assert.deepEqual(linkify('See https://tulip.example/a?b=1, (or http://x.example).'), [
      'See ',
      { href: 'https://tulip.example/a?b=1' },
      ', (or ',
      { href: 'http://x.example' },
      ').',
    ]);
  });

  it('makes no link of anything but http', () => {
    assert.deepEqual(linkify('javascript:alert(1) ftp://x'), ['javascript:alert(1) ftp://x']);
  });
});

describe('words', () => {
  it('names today and yesterday, and tells the time as the locale does', () => {
    const words = wordsFor('de-AT');
    assert.equal(words.day(new Date().toISOString()), 'heute');
    assert.equal(words.day(new Date(Date.now() - 86_400_000).toISOString()), 'gestern');
    assert.match(words.time('2026-03-01T10:05:00.000Z'), /^\d{1,2}:05$/);
  });

  it('keeps times in the language of the texts where it does not speak the page’s', () => {
    assert.equal(wordsFor('ar-EG').language, 'en');
    assert.match(wordsFor('ar-EG').time('2026-03-01T10:05:00.000Z'), /^\d{1,2}:05/);
  });
});
