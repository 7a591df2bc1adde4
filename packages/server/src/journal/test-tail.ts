import type { Database } from '../platform/database.js';
import type { Consumer, EntryRef } from './follower.js';
import { Shortcut } from './shortcut.js';
import { JournalStore } from './store.js';
import { Tail } from './tail.js';
import { silent } from './test-journal.js';

/** A consumer named "search" that wants and keeps everything, unless told otherwise; with one `beside` it on the same tail. */
export function followTail(db: Database, consumer: Partial<Consumer> = {}, beside?: Partial<Consumer>, leadership = 1) {
  const handled: EntryRef[] = [];
  const handle = async (refs: EntryRef[]) => {
    handled.push(...refs);
  };
  const stopping = new AbortController();
  const whole = { name: 'search', wants: () => true, handle, ...consumer };
  const consumers = beside ? [{ ...whole, ...beside }, whole] : [whole];
  const tail = new Tail(db, new JournalStore(db), new Shortcut(), consumers, silent, leadership);
  const ended = tail.follow(stopping.signal);
  const stop = () => {
    stopping.abort();
    return ended;
  };
  return { handled, ended, stop };
}

/** The numbers a consumer saw of a conversation, without what came again. */
export const seqsOf = (refs: EntryRef[], id: string): number[] => [
  ...new Set(refs.filter(({ conversationId }) => conversationId === id).map(({ seq }) => seq)),
];
