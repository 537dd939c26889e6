import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { RelationName } from '../../shared/relation-name.ts';
import { instantSchema } from '../../shared/snapshot.ts';
import { instantOf, type Scope } from './scope.ts';

const fitSchema = z.object({ fits: z.boolean() });
const rowSchema = z.object({ oldest: z.nullable(instantSchema) });

/**
 * Instant at which the oldest live order that is still pending was created. Null when none is, and when
 * the ledger has no relation of live orders that the role may read, with `status` and `created_at`: many
 * systems trade on paper alone. The catalogue is asked first, so that no statement fails for that.
 *
 * Costs 2 ms where the status has an index. Without one it scans the relation, some 30 ms for 100,000
 * rows: to be asked for its own sake, outside the transaction of the figures, and not each second.
 */
export async function readOldestPending(
  { db }: Pick<Scope, 'db'>,
  liveTrades: RelationName,
): Promise<string | null> {
  const found = await db.execute(fits(liveTrades));
  if (!fitSchema.parse(found.rows[0]).fits) return null;
  // An infinite time is no age. The cast takes an enumeration without such a label, too.
  const { rows } = await db.execute(sql`
    select ${instantOf(sql`min(created_at)`)} as oldest from ${nameOf(liveTrades)}
    where status::text = 'pending' and isfinite(created_at)`);
  return rowSchema.parse(rows[0]).oldest;
}

/** Whether there is such a relation, with the two columns that are needed, for this role to read. */
function fits({ schema, name }: RelationName): SQL {
  // to_regclass fails on a schema that the role may not use.
  const isThere =
    schema === null
      ? sql`pg_table_is_visible(c.oid)`
      : sql`relnamespace = (select oid from pg_namespace where nspname = ${schema})`;
  const readable = (column: string): SQL => sql`attrelid = c.oid and attname = ${column}
        and attnum > 0 and has_column_privilege(c.oid, attnum, 'SELECT')`;
  return sql`
    select exists (
      select from pg_class c where relname = ${name} and ${isThere}
        and relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege(relnamespace, 'USAGE')
        and exists (select from pg_attribute where ${readable('status')})
        and exists (select from pg_attribute where ${readable('created_at')}
          and atttypid = 'timestamptz'::regtype)) as fits`;
}

const nameOf = ({ schema, name }: RelationName): SQL =>
  schema === null
    ? sql`${sql.identifier(name)}`
    : sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
