import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod/mini';
import { instantSchema, type Snapshot, snapshotSchema } from '../../shared/snapshot.ts';
import { lastTradingDays, tradingDayAt } from '../../shared/trading-day.ts';
import { byOpportunityType, readRejections } from './breakdown.ts';
import { readDays } from './days.ts';
import { sessionLimits } from './pool-config.ts';
import { readCreation, readRowGroups } from './row-groups.ts';
import { instantOf, type Scope } from './scope.ts';
import { readServerHealth } from './server-health.ts';
import { summaryOf } from './summary.ts';
import { readRecentTrades } from './trades.ts';

const recentTradesShown = 20;
const daysShown = 30;

/** The database's clock, and a text that changes whenever a commit becomes visible. */
export interface Version {
  readonly asOf: string;
  readonly token: string;
}

const versionSchema = z.object({
  as_of: instantSchema,
  token: z.string(),
  read_only: z.enum(['on', 'off']),
});

/** The transaction could write: nothing is read from it. Carries the SQLSTATE of its class. */
class NotReadOnlyError extends Error {
  readonly code = '25006';
}

// The clock is read after the snapshot was taken: now() is the time of BEGIN, and what was committed
// in between would look like rows from the future.
// Equal texts on a primary mean identical visible data. On a standby the snapshot function leaves
// running transactions out, but the replay position moves with each change.
const version = sql`
  select ${instantOf(sql`clock_timestamp()`)} as as_of,
         case when pg_is_in_recovery() then 'replayed ' || pg_last_wal_replay_lsn()::text
              else 'visible ' || pg_current_snapshot()::text end as token,
         current_setting('transaction_read_only') as read_only`;

// The limits are set once more inside the transaction: a pooler may have dropped the session's. All
// in one message, to spare a round trip.
const begin = sql`begin isolation level repeatable read read only;
  set local statement_timeout = ${sql.raw(String(sessionLimits.statementTimeoutMs))};
  set local lock_timeout = ${sql.raw(String(sessionLimits.lockTimeoutMs))};
  set local idle_in_transaction_session_timeout = ${sql.raw(String(sessionLimits.idleInTransactionMs))};
  set local timezone = 'UTC';
  ${version}`;

/** One statement outside any transaction: has anything changed at all? About a millisecond. */
export const readVersion = async (db: NodePgDatabase): Promise<Version> =>
  versionOf(await db.execute(version));

/** Opens the transaction of a snapshot; several statements in one message have several results. */
async function beginSnapshot(db: NodePgDatabase): Promise<Version> {
  const results: unknown = await db.execute(begin);
  return versionOf(z.array(z.unknown()).parse(results).at(-1));
}

function versionOf(result: unknown): Version {
  const row = z.object({ rows: z.array(versionSchema) }).parse(result).rows[0];
  if (row?.read_only !== 'on') throw new NotReadOnlyError('The session could write');
  return { asOf: row.as_of, token: row.token };
}

/** A snapshot with the version of the data that it shows. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly token: string;
  /** First instant at which the figures would change without any commit. */
  readonly validUntil: string;
}

/** Reads all figures in one transaction, all or nothing. */
export async function readSnapshot(
  db: NodePgDatabase,
  relation: Pick<Scope, 't' | 'is'>,
  roleCanWrite: boolean,
): Promise<Reading> {
  const { asOf, token } = await beginSnapshot(db);
  const day = tradingDayAt(asOf);
  const scope: Scope = { db, ...relation, asOf, day, days: lastTradingDays(day, daysShown) };
  const groups = await readRowGroups(scope);
  const summary = summaryOf(groups);
  const { newestRowAt, nextRowAt } = await readCreation(scope);
  const snapshot: z.input<typeof snapshotSchema> = {
    ...{ asOf, day, ...summary, newestRowAt },
    ...(await readDays(scope, groups, summary.counts)),
    byOpportunityType: byOpportunityType(groups),
    rejections: await readRejections(scope),
    recentTrades: await readRecentTrades(scope, recentTradesShown),
    server: { ...(await readServerHealth(db)), roleCanWrite },
  };
  await db.execute(sql`commit`);
  const changes = [nextRowAt, ...groups.map(({ nextCloseAt }) => nextCloseAt), day.end];
  const validUntil = changes.filter((at) => at !== null).sort()[0] ?? day.end;
  return { snapshot: snapshotSchema.parse(snapshot), token, validUntil };
}
