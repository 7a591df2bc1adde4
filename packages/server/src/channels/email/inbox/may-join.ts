import type { Authenticity, Follows, Status } from '@helpline/protocol';

export interface Joining {
  /** He wrote or got mails of the conversation before, or is its customer. */
  takesPart: boolean;
  authenticity: Authenticity;
  /** He names it by an id that only we can make, and only those know who got it. */
  isSigned: boolean;
  isByPerson: boolean;
  status: Status;
}

/** Null if the mail goes on in the conversation that it answers; else why it begins a new one. */
export function whyApart({ takesPart, authenticity, isSigned, isByPerson, status }: Joining): Follows['why'] | null {
  if (!takesPart) return 'other_sender';
  if (authenticity === 'failed' && !isSigned) return 'unverified';
  // What machines write about an old matter opens nothing.
  if (status === 'closed' && isByPerson) return 'closed';
  return null;
}
