import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { type Decimal, parseDecimal, zero } from '../../../shared/decimal.ts';
import { instantSchema, rowClassSchema } from '../../../shared/snapshot.ts';
import type { KeptClose } from '../close-columns.ts';
import { holdSince, namesOf, namesSchema } from '../closes.ts';
import { momentFromText } from '../moments.ts';
import { reasonOf } from '../reasons.ts';
import { countNames, factsOfRows, rowSums, sumNames } from '../row-groups.ts';
import { instantOf, type Scope } from '../scope.ts';
import { type Bucket, emptyBucket, type KeptGroup, namesKept } from './bucket.ts';
import { type BucketRun, bucketOf, withinRuns } from './buckets.ts';
import { isSince } from './survey.ts';
import { UnfitError } from './unfit.ts';

/** A close that the server tells of. */
export interface ReadClose extends KeptClose {
  /** It was written since the horizon. */
  readonly isFresh: boolean;
}

/** What the server says of some buckets; one that is missing has no rows. */
export interface ReadBuckets {
  readonly buckets: ReadonlyMap<number, Bucket>;
  /** Their dated scored rows, in no order. */
  readonly closes: readonly ReadClose[];
}

const count = z.pipe(z.coerce.number(), z.int());

const groupSchema = z.object({
  bucket: count,
  row_class: rowClassSchema,
  type: z.nullable(z.string()),
  strategy: z.nullable(z.string()),
  first_created: z.nullable(instantSchema),
  timeless: count,
  later: count,
  stale: count,
  open_ids: z.nullable(z.array(z.string())),
});
const reasonSchema = z.object({
  bucket: count,
  row_class: z.enum(['rejected', 'failed']),
  reason: z.string(),
  count,
});
const laterSchema = z.object({
  bucket: count,
  created_at: z.nullable(instantSchema),
  resolved_at: z.nullable(instantSchema),
  timeless: z.boolean(),
});
const closedSchema = z.object({
  bucket: count,
  id: z.string(),
  resolved: z.nullable(z.string()),
  pnl: z.nullable(z.string()),
  created: z.nullable(z.string()),
  is_fresh: z.boolean(),
  names: z.optional(namesSchema),
});

/**
 * Asks for everything that is kept of some buckets, in the transaction of the scope. Rows that were
 * written since the horizon are told from those that stood there before.
 */
export async function readBuckets(
  scope: Scope,
  runs: readonly BucketRun[],
  horizon: string,
): Promise<ReadBuckets> {
  const where = withinRuns(scope, runs);
  const groups = await readGroups(scope, where, horizon);
  const closed = await readClosed(scope, where, horizon);
  const has = (isSo: (row: GroupRow) => boolean): boolean => groups.some(isSo);
  const later = has(({ later: rows }) => rows > 0) ? await readLater(scope, where) : [];
  const isTurnedDown = ({ row_class }: GroupRow) =>
    row_class === 'rejected' || row_class === 'failed';
  const reasons = has(isTurnedDown) ? await readReasonCounts(scope, where) : [];
  const buckets = new Map<number, Bucket>();
  const closes: ReadClose[] = [];
  const at = (bucket: number): Bucket => {
    const known = buckets.get(bucket) ?? emptyBucket();
    buckets.set(bucket, known);
    return known;
  };
  for (const group of groups) addGroup(at, group);
  for (const row of reasons) {
    const { bucket, ...reason } = reasonSchema.parse(row);
    at(bucket).reasons.push(reason);
  }
  for (const row of later) {
    const { bucket, created_at: created, resolved_at: resolved, timeless } = laterSchema.parse(row);
    at(bucket).later.push({ created, resolved, timeless });
  }
  for (const row of closed) addClosed(at, closes, row);
  return { buckets, closes };
}

type At = (bucket: number) => Bucket;

type GroupRow = z.infer<typeof groupSchema> & { readonly row: Record<string, unknown> };

function addGroup(at: At, { row, ...parsed }: GroupRow): void {
  const { row_class: rowClass, type, strategy } = parsed;
  if ((type?.length ?? 0) > namesKept || (strategy?.length ?? 0) > namesKept) {
    throw new UnfitError(`a type or strategy has a name of more than ${namesKept} characters`);
  }
  const bucket = at(parsed.bucket);
  const group: KeptGroup = {
    ...{ rowClass, type, strategy, stale: parsed.stale },
    counts: countNames.map((name) => count.parse(row[name])),
    // What is no finite number on rows that are not scored is in no figure.
    sums: sumNames.map((name) => (isMeant(name, rowClass) ? decimalOf(row[name]) : zero)),
  };
  bucket.groups.push(group);
  bucket.rows += group.counts[0] ?? 0;
  bucket.timeless += parsed.timeless;
  for (const id of parsed.open_ids ?? []) bucket.openIds.push(id);
  const first = parsed.first_created;
  if (first === null || rowClass === 'rejected' || rowClass === 'failed') return;
  const at0 = momentFromText(first);
  const before = bucket.firstExecuted;
  if (
    before === null ||
    at0.seconds < before.seconds ||
    (at0.seconds === before.seconds && at0.micros < before.micros)
  ) {
    bucket.firstExecuted = at0;
  }
}

const pnlSums = new Set(['pnl', 'pnl_of_wins', 'squares', 'staked_pnl', 'promised_pnl']);

const isMeant = (name: string, rowClass: KeptGroup['rowClass']): boolean =>
  rowClass === 'scored' || !pnlSums.has(name);

const decimalOf = (value: unknown): Decimal =>
  typeof value === 'string' ? parseDecimal(value) : zero;

function addClosed(at: At, closes: ReadClose[], row: Record<string, unknown>): void {
  const { bucket: number, id, resolved, pnl, created, is_fresh, names } = closedSchema.parse(row);
  const bucket = at(number);
  const isDated = resolved !== null && !resolved.endsWith('infinity');
  const moment = isDated ? momentFromText(resolved) : null;
  if (pnl === null) {
    if (moment !== null) bucket.unscored.push({ at: moment, id });
    return;
  }
  const amount = parseDecimal(pnl);
  bucket.noteExtreme({ pnl: amount, at: moment, id });
  if (moment === null) return;
  const hold = holdSince(created, moment);
  const close = { id, bucket: number, at: moment, pnl: amount, hold, isFresh: is_fresh };
  closes.push(names === undefined ? close : { ...close, names });
}

async function readGroups(scope: Scope, where: SQL, horizon: string): Promise<GroupRow[]> {
  const { t, is } = scope;
  const more = sql`${bucketOf(scope)} as bucket, ${t.id} as id, ${timeless(scope)} as timeless,
    ${is.open} as is_open, ${isLater(scope)} as is_later, ${isSince(horizon)} as is_fresh`;
  const cut = sql.raw(String(namesKept + 1));
  const { rows } = await scope.db.execute(sql`
    with facts as (${factsOfRows(scope, where, more)}),
    fine as (
      select bucket, row_class, left(type, ${cut}) as type, left(strategy, ${cut}) as strategy,
             ${rowSums}, count(*) filter (where timeless) as timeless,
             count(*) filter (where not is_fresh) as stale,
             count(*) filter (where is_later) as later,
             array_agg(id::text) filter (where is_open) as open_ids
      from facts group by 1, 2, 3, 4)
    select bucket, row_class, type, strategy, timeless, stale, later, open_ids,
           ${sql.raw([...countNames, ...sumNames].join(', '))},
           ${instantOf(sql`first_created`)} as first_created
    from fine`);
  return rows.map((row) => ({ ...groupSchema.parse(row), row }));
}

/** What makes a row contradict itself whatever the clock says. */
function timeless({ t, is }: Scope): SQL {
  return sql`coalesce(${t.resolvedAt} < ${t.createdAt} or not isfinite(${t.createdAt})
    or not isfinite(${t.resolvedAt}) or (${t.realizedPnl} is not null and ${is.open}), false)`;
}

async function readClosed(scope: Scope, where: SQL, horizon: string) {
  const { db, t, is } = scope;
  const { rows } = await db.execute(sql`
    select ${bucketOf(scope)} as bucket, ${t.id}::text as id, ${t.resolvedAt} as resolved,
           case when ${is.scored} then ${is.pnl} end as pnl, ${t.createdAt} as created,
           ${isSince(horizon)} as is_fresh ${namesOf(scope)}
    from ${t} where ${where} and ${is.closed}`);
  return rows;
}

/** Whether a row has an instant after now. */
function isLater({ t, asOf }: Scope): SQL {
  const after = (value: typeof t.createdAt | typeof t.resolvedAt): SQL =>
    sql`(isfinite(${value}) and ${value} > ${asOf})`;
  return sql`(${after(t.createdAt)} or ${after(t.resolvedAt)})`;
}

async function readLater(scope: Scope, where: SQL) {
  const { db, t } = scope;
  const { rows } = await db.execute(sql`
    select ${bucketOf(scope)} as bucket, ${instantOf(t.createdAt)} as created_at,
           ${instantOf(t.resolvedAt)} as resolved_at, ${timeless(scope)} as timeless
    from ${t} where ${where} and ${isLater(scope)}`);
  return rows;
}

async function readReasonCounts(scope: Scope, where: SQL) {
  const { db, t, is } = scope;
  const { rows } = await db.execute(sql`
    select ${bucketOf(scope)} as bucket, ${is.name} as row_class, ${reasonOf(scope)} as reason,
           count(*) as count
    from ${t} where ${where} and (${is.rejected} or ${is.failed}) group by 1, 2, 3`);
  return rows;
}
