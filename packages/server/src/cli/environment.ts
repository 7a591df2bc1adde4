import { type Config, readConfig } from '../config.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';

/** For commands on a database that is there: opens the one the environment names. */
export async function openFromEnvironment(): Promise<{ config: Config; database: OpenDatabase }> {
  const config = readConfig(process.env);
  if (!config.mongodbUri) throw new Error('Set MONGODB_URI to the database that the nodes use.');
  return { config, database: await openDatabase(config.mongodbUri) };
}
