import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod/mini';

const integer = z.pipe(z.coerce.number(), z.int());

const rowSchema = z.object({
  version_num: integer,
  max_connections: integer,
  reserved: integer,
  in_use: integer,
  standby: z.boolean(),
});

/** The server's connection slots and its kind. */
export interface ServerHealth {
  readonly versionNum: number;
  readonly maxConnections: number;
  readonly reserved: number;
  readonly inUse: number;
  readonly standby: boolean;
}

/**
 * Slots in use come from pg_stat_database: a read-only role cannot see the kind of other roles'
 * sessions in pg_stat_activity. `reserved_connections` exists since PostgreSQL 16.
 */
export async function readServerHealth(db: NodePgDatabase): Promise<ServerHealth> {
  const { rows } = await db.execute(sql`
    select current_setting('server_version_num') as version_num,
           current_setting('max_connections') as max_connections,
           current_setting('superuser_reserved_connections')::int
             + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved,
           (select sum(numbackends) from pg_stat_database) as in_use,
           pg_is_in_recovery() as standby`);
  const row = rowSchema.parse(rows[0]);
  return {
    versionNum: row.version_num,
    maxConnections: row.max_connections,
    reserved: row.reserved,
    inUse: row.in_use,
    standby: row.standby,
  };
}

/** Slots that must stay free for others before a second connection is opened. */
export const slotsToSpare = ({ maxConnections }: ServerHealth): number =>
  Math.max(5, Math.ceil(maxConnections / 10));

/** Slots that an ordinary role could still take. */
export const freeSlots = ({ maxConnections, reserved, inUse }: ServerHealth): number =>
  Math.max(0, maxConnections - reserved - inUse);
