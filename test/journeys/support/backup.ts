import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';

const { BSON, MongoClient } = mongoose.mongo;

/** What only says who leads or hears whom at this moment. */
const fleeting = ['leases', 'nodeHints', 'health'];
const atOnce = 500;

/** Copies every collection as it was at one moment of the database, while nodes go on writing. */
export async function takeBackup(uri: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const client = new MongoClient(uri);
  const session = client.startSession({ snapshot: true });
  try {
    const collections = await client.db().listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
    const names = collections.map(({ name }) => name).filter((name) => !fleeting.includes(name));
    await writeFile(join(folder, 'collections.json'), JSON.stringify(names));
    for (const name of names) {
      const file = await open(join(folder, `${name}.bson`), 'w');
      const documents = client.db().collection(name).find({}, { session, raw: true });
      for await (const document of documents) await file.write(document as unknown as Buffer);
      await file.close();
    }
  } finally {
    await session.endSession();
    await client.close();
  }
}

/** Puts the documents of a backup into an empty database; nodes make the indexes when they start. */
export async function restoreBackup(folder: string, uri: string): Promise<void> {
  const client = new MongoClient(uri, { writeConcern: { w: 'majority', journal: true } });
  try {
    for (const name of JSON.parse(await readFile(join(folder, 'collections.json'), 'utf8'))) {
      const documents = await documentsIn(join(folder, `${name}.bson`));
      for (let i = 0; i < documents.length; i += atOnce)
        await client
          .db()
          .collection(name)
          .insertMany(documents.slice(i, i + atOnce));
    }
  } finally {
    await client.close();
  }
}

/** The documents of one collection, with every number of the very type it had. */
export async function documentsIn(path: string): Promise<mongoose.mongo.BSON.Document[]> {
  const bytes = await readFile(path);
  const documents: mongoose.mongo.BSON.Document[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readInt32LE(at);
    documents.push(BSON.deserialize(bytes.subarray(at, at + size), { promoteValues: false }));
    at += size;
  }
  return documents;
}
