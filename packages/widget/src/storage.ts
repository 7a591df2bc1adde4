import type { KeyValue } from '@helpline/sdk';

const memory = new Map<string, string>();

/** localStorage; what the browser does not take, being denied or full, lasts as long as the page. */
export const storage: KeyValue = {
  getItem: (key) => memory.get(key) ?? allowed(() => localStorage.getItem(key)) ?? null,
  setItem(key, value) {
    memory.set(key, value);
    allowed(() => {
      localStorage.setItem(key, value);
      memory.delete(key); // or other tabs' changes of it would never be seen here
    });
  },
  removeItem(key) {
    memory.delete(key);
    allowed(() => localStorage.removeItem(key));
  },
};

function allowed<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
