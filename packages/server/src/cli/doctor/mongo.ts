import type { Database } from '../../platform/database.js';
import { type Check, failure, inTime, look, messageOf, ok, warning } from './check.js';
import { uniqueIndexes } from './unique-indexes.js';

const patienceMs = 10_000;

export async function checkMongo(db: Database): Promise<Check[]> {
  const checks = await Promise.all([
    look('MongoDB version', () => version(db)),
    look('MongoDB replica set', () => replicaSet(db)),
    look('MongoDB majority write', () => majorityWrite(db)),
    look('MongoDB journal', () => journaling(db)),
    look('MongoDB indexes', () => indexes(db)),
    look('MongoDB disk', () => disk(db)),
    look('Clock', () => clock(db)),
  ]);
  return checks.flat();
}

/** The first patch of each series without the hole by which anybody who reaches the port reads the server's memory (CVE-2025-14847). */
const safeFrom: Record<string, number> = { '7.0': 28, '8.0': 17, '8.2': 3 };

async function version(db: Database): Promise<Check> {
  return judgeVersion(String((await db.admin().command({ buildInfo: 1 })).version));
}

export function judgeVersion(found: string): Check {
  const [major = 0, minor = 0, patch = 0] = found.split('.').map((part) => Number.parseInt(part, 10));
  const name = 'MongoDB version';
  const todo = 'In production use 8.0.17 or newer, or 7.0.28 or newer.';
  if (major < 6) return failure(name, `${found} lacks what the journal leans on`, todo);
  if (major < 7) return warning(name, `${found} is past its end and has known holes (CVE-2025-14847)`, todo);
  const needed = safeFrom[`${major}.${minor}`];
  return needed !== undefined && patch < needed
    ? warning(name, `${found} lets anybody who reaches its port read its memory (CVE-2025-14847)`, todo)
    : ok(name, found);
}

async function replicaSet(db: Database): Promise<Check> {
  const name = 'MongoDB replica set';
  const hello = await db.command({ hello: 1 });
  if (hello.msg === 'isdbgrid') return ok(name, 'a sharded cluster');
  if (!hello.setName)
    return failure(
      name,
      'a server without a replica set: it has no change streams, so nothing would reach an agent',
      'Start mongod with --replSet and run rs.initiate() once; a set of one will do to begin with.',
    );
  const members = (hello.hosts ?? []).length;
  return members < 3
    ? warning(
        name,
        `${hello.setName}, ${members} member${members === 1 ? '' : 's'} with data`,
        'In production run three members with data: with fewer, the loss of one stops every write or loses data.',
      )
    : ok(name, `${hello.setName}, ${members} members`);
}

/** As the journal writes. */
async function majorityWrite(db: Database): Promise<Check> {
  const name = 'MongoDB majority write';
  const began = performance.now();
  try {
    const write = db
      .collection<{ _id: string; at: Date }>('health')
      .updateOne({ _id: 'doctor' }, { $currentDate: { at: true } }, { upsert: true });
    await inTime(patienceMs, write);
  } catch (error) {
    return failure(
      name,
      messageOf(error),
      'Bring back the members that are down: without a majority nothing can be saved.',
    );
  }
  const ms = Math.round(performance.now() - began);
  return ms > 1_000
    ? warning(name, `${ms} ms`, 'Look at the load and the disks of the members: each message waits so long.')
    : ok(name, `${ms} ms`);
}

async function journaling(db: Database): Promise<Check> {
  const name = 'MongoDB journal';
  const { storageEngine } = await db.admin().command({ serverStatus: 1, repl: 0, metrics: 0, locks: 0 });
  if (storageEngine && !storageEngine.persistent)
    return failure(name, `the storage engine ${storageEngine.name} keeps nothing on disk`, 'Use WiredTiger.');
  const config = await db
    .admin()
    .command({ replSetGetConfig: 1 })
    .catch(() => null);
  if (config?.config?.writeConcernMajorityJournalDefault === false)
    return warning(
      name,
      'writeConcernMajorityJournalDefault is off: a majority may acknowledge what only its memory holds',
      'Set it to true by rs.reconfig().',
    );
  return ok(name, 'writes are acknowledged when a majority has them on disk');
}

async function indexes(db: Database): Promise<Check> {
  const name = 'MongoDB indexes';
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map((one) => one.name));
  const missing: string[] = [];
  for (const { collection, keys } of uniqueIndexes) {
    if (!existing.has(collection)) continue; // made with its first index, at the start of a node
    const found = await db.collection(collection).indexes();
    if (!found.some((index) => index.unique && Object.keys(index.key).join() === keys.join()))
      missing.push(`${collection} (${keys.join(', ')})`);
  }
  return missing.length > 0
    ? failure(
        name,
        `no unique index on ${missing.join('; ')}`,
        'Restart a node: each makes its indexes when it starts. If it can not, there are doubles: run "helpline repair".',
      )
    : ok(name, 'all that the promises rest on are there');
}

async function disk(db: Database): Promise<Check> {
  const name = 'MongoDB disk';
  const { fsUsedSize, fsTotalSize } = await db.stats();
  if (!fsTotalSize) return ok(name, 'the server does not say');
  const free = 1 - fsUsedSize / fsTotalSize;
  const found = `${Math.round(free * 100)} % of ${Math.round(fsTotalSize / 2 ** 30)} GB free`;
  const todo = 'Make room, or move the members to larger disks one after the other: a full disk stops every write.';
  if (free < 0.05) return failure(name, found, todo);
  return free < 0.2 ? warning(name, found, todo) : ok(name, found);
}

/** Against the database's clock; half the way there and back is taken off. */
async function clock(db: Database): Promise<Check> {
  const sent = Date.now();
  const { localTime } = await db.command({ hello: 1 });
  const off = (sent + Date.now()) / 2 - localTime.getTime();
  return judgeClock(off, Date.now() - sent);
}

export function judgeClock(offMs: number, roundTripMs: number): Check {
  const name = 'Clock';
  const surely = Math.max(0, Math.abs(offMs) - roundTripMs / 2) / 1000;
  const found = `${Math.abs(offMs / 1000).toFixed(1)} s ${offMs < 0 ? 'behind' : 'ahead of'} the database's`;
  const todo = 'Set this machine (or the database’s) by NTP: times shown, links and sessions go by the clock.';
  if (surely > 30) return failure(name, found, todo);
  return surely > 1 ? warning(name, found, todo) : ok(name, found);
}
