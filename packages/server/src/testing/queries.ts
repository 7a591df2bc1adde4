import type { Database } from '../platform/database.js';

/** One kind of query as the database ran it. */
export interface SeenQuery {
  /** The collection. */
  on: string;
  plan: string;
  /** Whether everything found had to be sorted in memory. */
  sorted: boolean;
  keys: number;
  /** How many documents were looked at. */
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

export interface Watch {
  soFar(): Promise<SeenQuery[]>;
  /** Tells all, and has the database write down nothing more. */
  stop(): Promise<SeenQuery[]>;
}

/** Has the database write down every query from here on. */
export async function watchQueries(db: Database): Promise<Watch> {
  await db.command({ profile: 0 });
  await db.dropCollection('system.profile').catch(() => {}); // there was none
  const lines = await db.createCollection<Profiled>('system.profile', { capped: true, size: profileBytes });
  await db.command({ profile: 2 });
  const soFar = async () => {
    const about = { planSummary: { $exists: true }, ns: { $ne: lines.namespace } };
    return (await lines.find(about).toArray()).map(seen);
  };
  return {
    soFar,
    async stop() {
      await db.command({ profile: 0 });
      return soFar();
    },
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
