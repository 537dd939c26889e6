import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod/mini';
import type { FailureCode } from '../../shared/failure.ts';
import type { RelationName } from '../../shared/relation-name.ts';
import type { ConnectionProfile } from './connection-profile.ts';
import { LedgerError, sentenceOf } from './failures.ts';
import type { PaperTrades } from './schema.ts';

/** What the check found out about a ledger that can be read. */
export interface CheckedLedger {
  /** The role holds a privilege to change the ledger; Plumbline never uses it. */
  readonly roleCanWrite: boolean;
  /** The relation is a table, no view, so that the versions of its rows can be told apart. */
  readonly isTable: boolean;
}

const relationSchema = z.object({
  found: z.boolean(),
  readable: z.nullable(z.boolean()),
  writable: z.nullable(z.boolean()),
  schema: z.nullable(z.string()),
  schema_usable: z.nullable(z.boolean()),
  is_table: z.nullable(z.boolean()),
});

const columnSchema = z.object({ name: z.string(), type: z.string(), readable: z.boolean() });

// PostgreSQL's own names of the types that carry the same values exactly.
const acceptedTypes: Readonly<Record<string, readonly string[]>> = {
  uuid: ['uuid'],
  text: ['text', 'character varying', 'character'],
  numeric: ['numeric', 'bigint', 'integer', 'smallint'],
  boolean: ['boolean'],
  'timestamp with time zone': ['timestamp with time zone'],
};

/**
 * Is this a ledger that the role may read? Asks the catalogue, which names precisely what is wrong
 * and is readable for every role (information_schema hides what the role may not read). Throws a
 * LedgerError that names the relation or the column.
 */
export async function checkLedger(
  db: NodePgDatabase,
  table: PaperTrades,
  relation: RelationName,
  profile: ConnectionProfile,
): Promise<CheckedLedger> {
  const name = relation.schema === null ? relation.name : `${relation.schema}.${relation.name}`;
  const fail = (code: FailureCode, cause: string): never => {
    throw new LedgerError({ ...sentenceOf(code, profile), code, cause });
  };
  const oid = oidOf(relation);
  const { rows } = await db.execute(sql`
    select c.oid is not null as found,
           has_table_privilege(c.oid, 'SELECT') or has_any_column_privilege(c.oid, 'SELECT') as readable,
           has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') as writable,
           c.relnamespace::regnamespace::text as schema,
           has_schema_privilege(c.relnamespace, 'USAGE') as schema_usable,
           c.relkind = 'r' as is_table
    from (select ${oid} as oid) as wanted left join pg_class c on c.oid = wanted.oid`);
  const found = relationSchema.parse(rows[0]);
  if (!found.found) {
    return fail('missing-relation', `The database "${profile.database}" has no relation ${name}.`);
  }
  const role = `The role "${profile.user}"`;
  if (found.schema_usable !== true) {
    const { schema } = found;
    const cause = `${role} may not use the schema ${schema}, so it cannot read ${name}.`;
    return fail('missing-privilege', cause);
  }
  if (found.readable !== true) fail('missing-privilege', `${role} may not read ${name}.`);
  await checkColumns(db, table, oid, name, fail);
  return { roleCanWrite: found.writable === true, isTable: found.is_table === true };
}

async function checkColumns(
  db: NodePgDatabase,
  table: PaperTrades,
  oid: SQL,
  name: string,
  fail: (code: FailureCode, cause: string) => never,
): Promise<void> {
  const { rows } = await db.execute(sql`
    select attname as name, format_type(atttypid, null) as type,
           has_column_privilege(attrelid, attnum, 'SELECT') as readable
    from pg_attribute where attrelid = ${oid} and attnum > 0 and not attisdropped`);
  const columns = new Map(rows.map((row) => columnSchema.parse(row)).map((row) => [row.name, row]));
  for (const column of Object.values(getTableColumns(table))) {
    const present = columns.get(column.name);
    const wanted = column.getSQLType();
    if (present === undefined) {
      fail('missing-column', `The relation ${name} has no column ${column.name}.`);
    } else if (!present.readable) {
      fail('missing-privilege', `The role may not read the column ${column.name} of ${name}.`);
    } else if (!(acceptedTypes[wanted] ?? [wanted]).includes(present.type)) {
      fail('wrong-type', `The column ${column.name} of ${name} is ${present.type}, not ${wanted}.`);
    }
  }
}

// By the catalogue's own tables, which tell of a schema that the role may not use as well: to_regclass
// fails on its name, and on a search path leaves it out as if it were not there.
/** The oid of a relation; null where there is none. */
export const oidOf = ({ schema, name }: RelationName): SQL =>
  schema === null
    ? sql`coalesce(to_regclass(quote_ident(${name}))::oid, ${oidIn(name, searchPath)})`
    : oidIn(name, sql`select ${schema}`);

const oidIn = (name: string, schemas: SQL): SQL => sql`(
  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relname = ${name} and n.nspname::text in (${schemas}) limit 1)`;

const searchPath = sql`
  select replace(trim(both ' "' from part), '$user', current_user)
  from unnest(string_to_array(current_setting('search_path'), ',')) as part`;
