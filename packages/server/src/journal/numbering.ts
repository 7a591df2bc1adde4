import type { Entry } from './entry.js';
import { type ConversationState, fold } from './fold.js';

/** A conversation being read from its first entry on: what it comes to, and whether its numbers are in order. */
export interface Numbering {
  readonly id: string;
  readonly entries: number;
  /** Null if the entries do not make a conversation. */
  readonly state: ConversationState | null;
  take(entry: Entry): void;
}

/** `wrong` is told of each kind of disorder once. */
export function numberingOf(id: string, wrong: (kind: string) => void): Numbering {
  const clientIds = new Set<string>();
  const told = new Set<string>();
  let state: ConversationState | null = null;
  let [entries, seq, pub, broken] = [0, 0, 0, false];
  const expect = (right: boolean, kind: string) => {
    if (right || told.has(kind)) return;
    told.add(kind);
    wrong(kind);
  };
  const foldOrBreak = (entry: Entry) => {
    try {
      return fold(state, entry);
    } catch {
      broken = true;
      expect(false, 'does not begin with an opening message');
      return null;
    }
  };
  return {
    id,
    get entries() {
      return entries;
    },
    get state() {
      return state;
    },
    take(entry) {
      entries++;
      expect(entry.seq !== seq, 'a number is there twice');
      expect(entry.seq <= seq + 1, 'a number is missing');
      expect(entry.pub === pub + (entry.audience === 'public' ? 1 : 0), 'a public number is wrong');
      expect(!clientIds.has(entry.clientId), 'a clientId is there twice');
      clientIds.add(entry.clientId);
      [seq, pub] = [entry.seq, entry.pub];
      if (!broken) state = foldOrBreak(entry);
    },
  };
}
