import mongoose from 'mongoose';

const patienceMs = 25_000;

/**
 * Lets a call end that would never: the driver waits for ever if a connection closes in the very moment it writes to it
 * (mongodb 7.8 awaits `drain` of a destroyed socket). Its outcome is as unknown as that of any lost answer.
 */
export async function answered<T>(call: Promise<T>, withinMs = patienceMs, who = 'MongoDB'): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${who} gave no answer.`)), withinMs);
  });
  return Promise.race([call, never]).finally(() => clearTimeout(timer));
}

/** The same database, but every call on its collections ends. */
export function answering(db: mongoose.mongo.Db): mongoose.mongo.Db {
  return guarded(db, (result) => (result instanceof mongoose.mongo.Collection ? guarded(result, endingCall) : result));
}

function endingCall(result: unknown): unknown {
  if (result instanceof Promise) return answered(result);
  return result instanceof mongoose.mongo.AbstractCursor ? endingCursor(result) : result;
}

function endingCursor(cursor: mongoose.mongo.AbstractCursor): mongoose.mongo.AbstractCursor {
  const guard = (result: unknown): unknown => (result === cursor ? ending : endingCall(result));
  const ending: mongoose.mongo.AbstractCursor = guarded(cursor, guard, {
    [Symbol.asyncIterator]: () => eachOf(cursor),
  });
  return ending;
}

async function* eachOf(cursor: mongoose.mongo.AbstractCursor): AsyncGenerator<unknown> {
  try {
    for (;;) {
      const next: unknown = await answered(cursor.next());
      if (next === null) return;
      yield next;
    }
  } finally {
    await answered(cursor.close()).catch(() => {});
  }
}

/** The object itself, but `guard` sees to what its methods give; `instead` replaces some of them. */
function guarded<T extends object>(object: T, guard: (result: unknown) => unknown, instead: object = {}): T {
  return new Proxy(object, {
    get(target, name) {
      if (Object.hasOwn(instead, name)) return Reflect.get(instead, name);
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => guard(value.apply(target, args));
    },
  });
}
