/** `pnpm seed [--conversations 10000]`: fills the new, empty database at MONGODB_URI with years of a desk's work. */
import { parseArgs } from 'node:util';
import { openForSeeding, seedDesk } from './desk.mjs';

const { values } = parseArgs({ options: { conversations: { type: 'string', default: '10000' } } });
const uri = process.env.MONGODB_URI;
if (!uri) {
  console.error('MONGODB_URI must name the database to fill.');
  process.exit(2);
}
const database = await openForSeeding(uri);
const filled = await database.db.collection('entries').findOne({}, { projection: { _id: 1 } });
if (filled) console.error('The database has entries already: seed only a new one.');
else await seedDesk(database.db, { conversations: Number(values.conversations), say: console.error });
await database.close();
process.exit(filled ? 1 : 0);
