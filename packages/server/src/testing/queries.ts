import type { Database } from '../platform/database.js';

/** One kind of query as the database ran it. */
export interface SeenQuery {
  /** The collection. */
  on: string;
  plan: string;
  /** Whether everything found had to be sorted in memory. */
  sorted: boolean;
  keys: number;
  documents: number;
  /** What was asked, without the values. */
  asked: string;
}

interface Profiled {
  op: string;
  ns: string;
  planSummary?: string;
  hasSortStage?: boolean;
  keysExamined?: number;
  docsExamined?: number;
  command?: Record<string, unknown>;
  /** Of what a `getmore` is the rest. */
  originatingCommand?: Record<string, unknown>;
}

const profileBytes = 64 * 1024 * 1024;

/** Has the database write down every query from here on; the answer stops that and tells them. */
export async function watchQueries(db: Database): Promise<() => Promise<SeenQuery[]>> {
  await db.command({ profile: 0 });
  await db.dropCollection('system.profile').catch(() => {}); // there was none
  await db.createCollection('system.profile', { capped: true, size: profileBytes });
  await db.command({ profile: 2 });
  return async () => {
    await db.command({ profile: 0 });
    const lines = await db.collection<Profiled>('system.profile').find().toArray();
    return lines.filter(({ planSummary }) => planSummary !== undefined).map(seen);
  };
}

function seen({ op, ns, planSummary, hasSortStage, keysExamined, docsExamined, ...line }: Profiled): SeenQuery {
  const { filter, q, query, pipeline, sort } = line.originatingCommand ?? line.command ?? {};
  return {
    on: ns.slice(ns.indexOf('.') + 1),
    plan: planSummary ?? '',
    sorted: hasSortStage === true,
    keys: keysExamined ?? 0,
    documents: docsExamined ?? 0,
    asked: `${op} ${JSON.stringify(shapeOf(filter ?? q ?? query ?? pipeline ?? {}))} ${JSON.stringify(sort ?? {})}`,
  };
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null || value instanceof Date) return '?';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}
