import mongoose from 'mongoose';

export type Database = mongoose.mongo.Db;
export type Collection<T extends mongoose.mongo.BSON.Document> = mongoose.mongo.Collection<T>;
export type Timestamp = mongoose.mongo.BSON.Timestamp;
export type Filter<T> = mongoose.mongo.Filter<T>;
export const { MongoBulkWriteError, MongoServerError, MongoInvalidArgumentError, GridFSBucket, BSON } = mongoose.mongo;

export interface OpenDatabase {
  db: Database;
  close(): Promise<void>;
}

/**
 * Connects to the MongoDB at `uri` (the database is named in it). Reads see what a majority has, writes are
 * acknowledged when a majority has journaled them; a call that gets no answer fails after 20 s, its outcome unknown.
 */
export async function openDatabase(uri: string): Promise<OpenDatabase> {
  const connection = await mongoose
    .createConnection(uri, {
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
      maxPoolSize: 50,
      serverSelectionTimeoutMS: 8_000,
      socketTimeoutMS: 20_000,
      ignoreUndefined: true,
    })
    .asPromise();
  if (!connection.db) throw new Error('MongoDB gave no database.');
  return { db: connection.db, close: () => connection.close() };
}

const patienceMs = 25_000;

/**
 * Lets a call end that would never: the driver waits for ever if a connection closes in the very moment it writes to it
 * (mongodb 7.8 awaits `drain` of a destroyed socket). Its outcome is as unknown as that of any lost answer.
 */
export async function answered<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('MongoDB gave no answer.')), patienceMs);
  });
  return Promise.race([call, never]).finally(() => clearTimeout(timer));
}

/** Whether an error says that a unique index already holds such a document. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11000;
