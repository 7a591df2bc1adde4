import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { House } from './house.js';

/** The port at which the mail server takes mail while Helpline, and with it the SMTP server, is down. */
export async function lmtpPortOf({ data }: House): Promise<number> {
  const { lmtp }: { lmtp: number } = JSON.parse(await readFile(join(data, 'mail/ports.json'), 'utf8'));
  return lmtp;
}

/**
 * Answers that were being sent when the server was killed are left alone for minutes, as their sender might live.
 * Called while the server is down, this lets those minutes pass at once.
 */
export async function letClaimsRunOut(house: House): Promise<void> {
  const { port } = await databaseOf(house);
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/helpline?directConnection=true`);
  try {
    const deliveries = client.db().collection('deliveries');
    await deliveries.updateMany({ state: { $in: ['claimed', 'data'] } }, { $set: { lease: new Date(0) } });
  } finally {
    await client.close();
  }
}

/** The database of a house as its files tell; without a process if it was stopped in order. */
export async function databaseOf({ data }: House): Promise<{ port: number; pid?: number }> {
  return JSON.parse(await readFile(join(data, 'mongo/mongod.json'), 'utf8'));
}
