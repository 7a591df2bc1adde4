import type mongoose from 'mongoose';

export interface MongoMember {
  readonly port: number;
  readonly pid: number | null;
  /** Asks this very member. */
  admin(command: mongoose.mongo.BSON.Document): Promise<mongoose.mongo.BSON.Document>;
  start(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
}

/** Three mongods, one replica set. */
export interface MongoSet {
  readonly uri: string;
  readonly members: readonly MongoMember[];
  /** The harness's own connection; reads see what a majority has. */
  readonly db: mongoose.mongo.Db;
  /** Waits until there is one that takes writes. */
  primary(): Promise<MongoMember>;
  stepDown(): Promise<void>;
}
