import { expect, test } from 'vitest';
import { History } from '../history.js';
import { PageNotes } from './page-notes.js';

const sent = (key: string) => ({ type: 'message', text: `${key} said`, state: 'sent' }) as const;
const pending = (key: string) => ({ ...sent(key), state: 'pending' }) as const;
const failed = (key: string) => ({ ...sent(key), state: 'failed' }) as const;

const notesOf = () => {
  const history = new History();
  return { notes: new PageNotes(history, 'ana'), told: () => history.all().map(({ f, type }) => `${f} ${type}`) };
};

test('what stands on the page as sent was acknowledged, what stands there as failed was refused', () => {
  const { notes, told } = notesOf();
  notes.begin('send', 'm-ana-1', 'm-ana-1 said');
  notes.begin('send', 'm-ana-2', 'm-ana-2 said');
  notes.see([pending('m-ana-1'), pending('m-ana-2')]);
  expect(notes.underWay).toBe(2);
  notes.see([sent('m-ana-1'), failed('m-ana-2')]);
  expect(notes.underWay).toBe(0);
  expect(told()).toEqual(['send invoke', 'send invoke', 'dom ok', 'send ok', 'send fail', 'dom ok']);
});

test('a page that shows the same is noted once', () => {
  const { notes, told } = notesOf();
  notes.see([sent('m-ben-1')]);
  notes.see([sent('m-ben-1')]);
  expect(told()).toEqual(['dom ok']);
});

test('who goes away with his page never hears how it ended, and begins anew', () => {
  const { notes, told } = notesOf();
  notes.begin('send', 'm-ana-1', 'm-ana-1 said');
  notes.gone();
  notes.see([sent('m-ana-1')]);
  expect(told()).toEqual(['send invoke', 'send info', 'dom ok']);
  expect(notes.epoch).toBe(1);
});
