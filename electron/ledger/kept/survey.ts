import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { RelationName } from '../../../shared/relation-name.ts';
import { oidOf } from '../ledger-check.ts';
import type { Scope } from '../scope.ts';
import { bucketOf } from './buckets.ts';

const count = z.pipe(z.coerce.number(), z.int());

const lookSchema = z.object({
  identity: z.string(),
  horizon: z.string(),
  deleted: count,
});

/** Which ledger a transaction sees, and how much of it. */
export interface Look {
  /** Another text means other files or another server: nothing that is kept counts any more. */
  readonly identity: string;
  /** Whatever was not visible yet has this transaction id or a later one; 64 bits, as text. */
  readonly horizon: string;
  /** Deleted rows as the statistics have it, up to ten seconds late. */
  readonly deleted: number;
}

/** Locks the table against being emptied under us (as any reading does), then asks which it is. */
export async function readLook({ db, t }: Scope, name: RelationName): Promise<Look> {
  await db.execute(sql`select true from ${t} limit 1`);
  const { rows } = await db.execute(sql`
    select concat_ws(' ', pg_relation_filenode(oid), pg_postmaster_start_time()) as identity,
           pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
           pg_stat_get_tuples_deleted(oid) as deleted
    from (select ${oidOf(name)} as oid) as relation`);
  return lookSchema.parse(rows[0]);
}

/**
 * Which server this is, beyond what `readLook` tells: a copy of it has the same files. Empty where the
 * role may not ask.
 */
export async function readServerIdentity({ db }: Pick<Scope, 'db'>): Promise<string> {
  const { rows } = await db.execute(sql`
    select has_function_privilege('pg_control_system()', 'execute')
       and has_function_privilege('pg_control_checkpoint()', 'execute') as may_ask`);
  if (!z.object({ may_ask: z.boolean() }).parse(rows[0]).may_ask) return '';
  const { rows: known } = await db.execute(sql`
    select (select system_identifier from pg_control_system()) || ' '
        || (select timeline_id from pg_control_checkpoint()) as identity`);
  return z.object({ identity: z.string() }).parse(known[0]).identity;
}

/** Whether a row was written since a horizon: its version is as young as its transaction. */
export const isSince = (horizon: string): SQL => sql`age(xmin) <= age(${horizon}::xid8::xid)`;

/** Rows of each bucket, and how many of them were written since. */
export type Survey = ReadonlyMap<number, { readonly rows: number; readonly fresh: number }>;

const surveySchema = z.object({ bucket: count, rows: count, fresh: count });

/**
 * Looks at every row, cheaply: how many there are in each bucket (a deletion leaves fewer), and how
 * many were inserted or updated since a horizon.
 */
export async function readSurvey(scope: Scope, horizon: string): Promise<Survey> {
  const { db, t } = scope;
  const { rows } = await db.execute(sql`
    select ${bucketOf(scope)} as bucket, count(*) as rows,
           count(*) filter (where ${isSince(horizon)}) as fresh
    from ${t} group by 1`);
  return new Map(
    rows.map((row) => {
      const { bucket, ...counts } = surveySchema.parse(row);
      return [bucket, counts];
    }),
  );
}

/** Which of some rows still stand as they stood at the horizon. */
export async function readUnchanged(
  { db, t }: Scope,
  ids: readonly string[],
  horizon: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute(sql`
    select ${t.id}::text as id from ${t}
    where ${t.id} = any(${sql.param([...ids])}::uuid[]) and not ${isSince(horizon)}`);
  return new Set(rows.map((row) => z.object({ id: z.string() }).parse(row).id));
}
