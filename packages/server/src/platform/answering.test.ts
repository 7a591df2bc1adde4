import { afterEach, describe, expect, it, vi } from 'vitest';
import { answered } from './answering.js';
import { openDatabase } from './database.js';
import { testDatabaseUri } from './mongo/test-mongo.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a call to MongoDB', () => {
  it('ends, even if its answer never comes', async () => {
    vi.useFakeTimers();
    const call = expect(answered(new Promise(() => {}))).rejects.toThrow('no answer');
    await vi.advanceTimersByTimeAsync(25_000);
    await call;
  });

  it('gives its answer or its failure, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    await expect(answered(Promise.resolve(42))).resolves.toBe(42);
    await expect(answered(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('on a collection ends too, whatever it is', async () => {
    const { db, close } = await openDatabase(testDatabaseUri('answering'));
    const plants = db.collection<{ _id: number }>('plants');
    await plants.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    expect(await plants.find().sort({ _id: -1 }).limit(2).toArray()).toEqual([{ _id: 3 }, { _id: 2 }]);
    expect(await plants.aggregate([{ $count: 'all' }]).next()).toEqual({ all: 3 });
    const ids: number[] = [];
    for await (const { _id } of plants.find({ _id: { $gt: 1 } })) ids.push(_id);
    expect(ids).toEqual([2, 3]);
    const { operationTime } = await db.command({ ping: 1 });
    const stream = plants.watch([{ $match: { 'fullDocument._id': 4 } }], { startAtOperationTime: operationTime });
    const next = stream.next();
    await plants.insertOne({ _id: 4 });
    expect(await next).toMatchObject({ fullDocument: { _id: 4 } });
    await stream.close();

    vi.useFakeTimers();
    const { Collection } = (await import('mongoose')).mongo;
    vi.spyOn(Collection.prototype, 'findOne').mockReturnValue(new Promise(() => {}));
    const call = expect(plants.findOne({ _id: 1 })).rejects.toThrow('no answer');
    await vi.advanceTimersByTimeAsync(25_000);
    await call;
    vi.restoreAllMocks();
    vi.useRealTimers();
    await db.dropDatabase();
    await close();
  });
});
