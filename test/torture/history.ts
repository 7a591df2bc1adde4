import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** What one client holds of one conversation: its own list, or what its page shows. */
export interface ClientView {
  proc: string;
  epoch?: number;
  source: 'sdk' | 'dom';
  who: { kind: 'visitor' } | { kind: 'agent'; agentId: string };
  /** Null for a visitor who has begun none. */
  conv: string | null;
  /** From top to bottom; of a page, the messages and notes. */
  entries: ViewedEntry[];
  /** What was written here and is not confirmed yet. */
  pending: number;
  unread?: number;
  /** Opened only after everything was over, with the same session: nothing of it is older than that. */
  fresh?: true;
}

export interface ViewedEntry {
  /** The client's own number of it (`seq` or `n`); a page shows none. */
  n: number | null;
  type: string;
  /** Only agents know it. */
  id?: string;
  text: string;
}

/** How an operation stands: begun, done, refused, or over with an outcome that nobody knows. */
export type RecordType = 'invoke' | 'ok' | 'fail' | 'info';

/**
 * What a record is about.
 * - `start`, `send`, `reply`, `note`, `assign`, `resolve`: what a client does. `ok` is the server's acknowledgement,
 *   `fail` its refusal, `info` when whoever asked is gone before he had an answer.
 * - `recv`: an entry has just appeared in a client's own list (always `ok`).
 * - `list`: an agent's list of conversations as it came (always `ok`; `convs`).
 * - `dom`: what a page shows now, from top to bottom (always `ok`; `keys`).
 * - `mailIn`: a mail given to the mail server; `ok` once that has accepted it, `info` if it may never be seen again.
 * - `mailOut`: the sink got a mail (always `ok`; `messageId`, `to`).
 */
export type Operation =
  | 'start'
  | 'send'
  | 'reply'
  | 'note'
  | 'assign'
  | 'resolve'
  | 'recv'
  | 'list'
  | 'dom'
  | 'mailIn'
  | 'mailOut';

export interface HistoryRecord {
  /** Milliseconds of one monotonic clock of the whole harness. */
  at: number;
  /** Who: one client, one tab, one sink. */
  proc: string;
  type: RecordType;
  f: Operation;
  /** Ties an invocation to its end; unique in the run. */
  op?: string;
  /** The conversation, as far as it is known yet. */
  conv?: string;
  /** The message's key, which its text contains. */
  key?: string;
  /** All keys of a page, in the order in which it shows them. */
  keys?: string[];
  /** The conversations of a list. */
  convs?: string[];
  /** The entry's number as agents count… */
  seq?: number;
  /** …and as visitors do. */
  pub?: number;
  /** How often this client has begun anew (a killed process, a reloaded page): its lists start empty. 0 if missing. */
  epoch?: number;
  node?: string;
  text?: string;
  /** The entry as the client has it, as JSON: what a visitor must not know is looked for here. */
  raw?: string;
  messageId?: string;
  to?: string[];
  error?: string;
}

/** The record without what the history adds. */
export type NewRecord = Omit<HistoryRecord, 'at'> & { at?: number };

/** All that happened in one run, in the order in which it was noticed. */
export class History {
  readonly #records: HistoryRecord[];
  #operations = 0;

  constructor(records: HistoryRecord[] = []) {
    this.#records = records;
  }

  record(record: NewRecord): HistoryRecord {
    const whole = { at: performance.now(), ...record };
    this.#records.push(whole);
    return whole;
  }

  /** Begins an operation; the result ends it. */
  invoke(record: Omit<NewRecord, 'type' | 'op'>): Ending {
    const op = `op-${++this.#operations}`;
    this.record({ ...record, type: 'invoke', op });
    return (type, more = {}) => this.record({ ...record, ...more, at: performance.now(), type, op });
  }

  all(): readonly HistoryRecord[] {
    return this.#records;
  }

  /** One record a line. */
  async writeTo(path: string): Promise<void> {
    const file = createWriteStream(path);
    for (const record of this.#records) file.write(`${JSON.stringify(record)}\n`);
    file.end();
    await finished(file);
  }
}

export type Ending = (type: Exclude<RecordType, 'invoke'>, more?: Partial<NewRecord>) => HistoryRecord;

/** `m-ana-17`: unique in the run, and found again in whatever text it was written into. */
export const keyOf = (proc: string, n: number): string => `m-${proc.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${n}`;

/** The keys in a text, in their order. */
export const keysIn = (text: string): string[] => text.match(/\bm(?:-[a-z0-9]+)+-\d+\b/g) ?? [];

export const keyIn = (text: string): string | undefined => keysIn(text)[0];
