import mongoose from 'mongoose';
import { answering } from './answering.js';

export { answered } from './answering.js';

export type Database = mongoose.mongo.Db;
export type Collection<T extends mongoose.mongo.BSON.Document> = mongoose.mongo.Collection<T>;
export type Timestamp = mongoose.mongo.BSON.Timestamp;
export type Filter<T> = mongoose.mongo.Filter<T>;
export const { MongoServerError, MongoInvalidArgumentError, GridFSBucket, BSON } = mongoose.mongo;

const { MongoBulkWriteError } = mongoose.mongo;

export interface OpenDatabase {
  db: Database;
  close(): Promise<void>;
}

/**
 * Connects to the MongoDB at `uri` (the database is named in it). Reads see what a majority has, writes are
 * acknowledged when a majority has journaled them; a call that gets no answer fails after 25 s, its outcome unknown.
 */
export async function openDatabase(uri: string): Promise<OpenDatabase> {
  const connection = await mongoose
    .createConnection(uri, {
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
      maxPoolSize: 50,
      waitQueueTimeoutMS: 10_000,
      serverSelectionTimeoutMS: 8_000,
      socketTimeoutMS: 20_000,
      ignoreUndefined: true,
    })
    .asPromise();
  if (!connection.db) throw new Error('MongoDB gave no database.');
  return { db: answering(connection.db), close: () => connection.close() };
}

/** Whether an error says that a unique index already holds such a document. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11000;

/** The places of those of many writes that a unique index did not want, the others being durable. Throws whatever else went wrong. */
export function refusedAsDuplicates(error: unknown): ReadonlySet<number> {
  if (!areDuplicateKeys(error) || !(error instanceof MongoBulkWriteError)) throw error;
  return new Set([error.writeErrors].flat().map(({ index }) => index));
}

/** Whether of many writes at once only those failed that a unique index did not want; the others are durable. */
export function areDuplicateKeys(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return false;
  const refused = [error.writeErrors].flat();
  return refused.length > 0 && refused.every(({ code }) => code === 11000);
}
