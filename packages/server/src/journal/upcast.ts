import type { Entry } from './entry.js';

/** Brings an entry of an older version to the present one. Stored entries are never rewritten. */
export const upcast = (entry: Entry): Entry => entry; // version 1 is the first
