/** A way customers reach the company. What a channel also can (typing, seen) is its own door's affair, not a member here. */
export interface Channel {
  name: string;
  /** Runs until `stop`: listens, fetches, sends. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
