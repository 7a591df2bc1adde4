import type { Kept, Shelf } from './outbox.js';

/** Where the session's token is kept; localStorage fits, so does anything that remembers. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps texts on their way in a storage that the tabs of a browser share: each adds and takes away its own. */
export function shelfIn(storage: KeyValue, key: string): Shelf<string> {
  const read = (): Kept<string>[] => parse(storage.getItem(key)).filter(isKept);
  const write = (items: Kept<string>[]): void => {
    if (items.length > 0) storage.setItem(key, JSON.stringify(items));
    else storage.removeItem(key);
  };
  const without = (clientId: string): Kept<string>[] => read().filter((one) => one.clientId !== clientId);
  return {
    read,
    put: ({ clientId, body, at }) => write([...without(clientId), { clientId, body, at }]),
    drop: (clientId) => write(without(clientId)),
  };
}

/** The page may write there too. */
function parse(text: string | null): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept<string> {
  if (typeof value !== 'object' || value === null) return false;
  return ['clientId', 'body', 'at'].every((name) => typeof Reflect.get(value, name) === 'string');
}
