import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '../scope.ts';

/** Rows whose `created_at` is no point in time share a bucket; it lies before all others. */
export const undatedBucket = -3_000_000;

/** The last day that PostgreSQL's timestamps reach. */
const lastBucket = 106_751_990;
const epochMs = Date.UTC(2000, 0, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** The bucket of a row: the UTC day of its creation, counted from 2000-01-01. The session is in UTC. */
export const bucketOf = ({ t }: Pick<Scope, 't'>): SQL =>
  sql`case when isfinite(${t.createdAt}) then ${t.createdAt}::date - date '2000-01-01'
      else ${sql.raw(String(undatedBucket))} end`;

/** The bucket of an instant that a Date holds. */
export const bucketAt = (ms: number): number => Math.floor((ms - epochMs) / dayMs);

/** Consecutive buckets, both ends included; `to` is null where there is no end. */
export interface BucketRun {
  readonly from: number;
  readonly to: number | null;
}

/** The fewest runs that hold some buckets and all from `tail` on. */
export function runsOf(buckets: Iterable<number>, tail: number | null): BucketRun[] {
  const runs: { from: number; to: number | null }[] = [];
  const within = [...buckets].filter((bucket) => tail === null || bucket < tail);
  for (const bucket of within.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === bucket - 1 && last.from !== undatedBucket) last.to = bucket;
    else runs.push({ from: bucket, to: bucket });
  }
  if (tail !== null) runs.push({ from: tail, to: null });
  return runs;
}

/** The rows of some runs, found by the index on `created_at`. */
export function withinRuns({ t }: Pick<Scope, 't'>, runs: readonly BucketRun[]): SQL {
  const dayStart = (bucket: number): SQL => sql`(date '2000-01-01' + ${bucket}::int)::timestamptz`;
  const each = runs.map(({ from, to }) => {
    if (from === undatedBucket) {
      return sql`(${t.createdAt} is null or ${t.createdAt} in ('infinity', '-infinity'))`;
    }
    const end = to === null || to >= lastBucket ? sql`'infinity'` : dayStart(to + 1);
    return sql`(${t.createdAt} >= ${dayStart(from)} and ${t.createdAt} < ${end})`;
  });
  return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
}
