import type { Entry, MessageEntry } from '@helpline/server/dist/journal/index.js';
import { timedId } from '@helpline/server/dist/platform/ids.js';
import mongoose from 'mongoose';

const atOnce = 250;

/** Adds messages to a conversation as a node far away would, on behalf of whoever began it. Nobody is told. */
export async function appendElsewhere(db: mongoose.mongo.Db, conv: string, count: number, text: string): Promise<void> {
  const entries = db.collection<Entry>('entries');
  const model = await entries.findOne({ conversationId: conv, type: 'message' });
  if (model?.type !== 'message') throw new Error('Nobody has said anything there yet.');
  for (let left = count; left > 0; ) {
    const tail = await entries.findOne({ conversationId: conv }, { sort: { seq: -1 } });
    if (!tail) throw new Error('The conversation is gone.');
    const next = Array.from({ length: Math.min(left, atOnce) }, (_, i) => after(tail, i, model, text));
    left -= await inserted(entries.insertMany(next));
  }
}

function after(tail: Entry, i: number, model: MessageEntry, text: string): MessageEntry {
  const at = new Date(Math.max(Date.now(), tail.at.getTime()));
  const author = model.clientId.slice(0, model.clientId.lastIndexOf(':') + 1);
  return {
    ...model,
    _id: timedId(at),
    seq: tail.seq + 1 + i,
    pub: tail.pub + 1 + i,
    clientId: author + crypto.randomUUID(),
    hash: crypto.randomUUID(),
    at,
    payload: { ...model.payload, text },
  };
}

/** Somebody else may have appended meanwhile: then it goes on behind that. */
async function inserted(work: Promise<mongoose.mongo.InsertManyResult>): Promise<number> {
  try {
    return (await work).insertedCount;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoBulkWriteError) return error.insertedCount;
    throw error;
  }
}
