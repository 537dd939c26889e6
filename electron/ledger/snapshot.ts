import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod/mini';
import {
  instantSchema,
  type OddityId,
  type OddRows,
  oddRowsSchema,
  type Snapshot,
  snapshotSchema,
} from '../../shared/snapshot.ts';
import { tradingDayAt } from '../../shared/trading-day.ts';
import { breakdownBy } from './breakdown.ts';
import { readCloses } from './closes.ts';
import { readCreation } from './creation.ts';
import { readOpenRisk } from './exposure.ts';
import { overviewOf } from './overview.ts';
import { sessionLimits } from './pool-config.ts';
import { readReasons } from './reasons.ts';
import { readRowGroups } from './row-groups.ts';
import { instantOf, type Scope } from './scope.ts';
import { readServerHealth } from './server-health.ts';
import {
  countOddRows,
  readOddRows,
  readOpenTrades,
  readRecentCloses,
  readTradeWith,
} from './trades.ts';

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

/** What a snapshot is read from. */
export type SnapshotSource = Pick<Scope, 'db' | 't' | 'is' | 'options'> & {
  /** Takes what went wrong with a single figure. */
  readonly note: (sentence: string, error: unknown) => void;
};

/** Reads all figures in one transaction, all or nothing. */
export async function readSnapshot(
  source: SnapshotSource,
  roleCanWrite: boolean,
): Promise<Reading> {
  const { token, scope } = await openScope(source);
  const groups = await readRowGroups(scope);
  const rows = await readCloses(scope);
  const { newestRowAt, nextRowAt } = await readCreation(scope);
  const risk = await readOpenRisk(scope);
  const overview = overviewOf(scope, { groups, rows, risk }, source.note);
  const { is, asOf, day } = scope;
  const snapshot: z.input<typeof snapshotSchema> = {
    ...{ asOf, day, newestRowAt, ...overview },
    byStrategy: breakdownBy('strategy', groups),
    byOpportunityType: breakdownBy('type', groups),
    openTrades: await readOpenTrades(scope),
    recentCloses: await readRecentCloses(scope, rows),
    largestWin: await readTradeWith(scope, overview.figures['largest-win'].value),
    largestLoss: await readTradeWith(scope, overview.figures['largest-loss'].value),
    rejections: await readReasons(scope, is.rejected),
    failures: await readReasons(scope, is.failed),
    server: { ...(await readServerHealth(scope.db)), roleCanWrite },
  };
  await scope.db.execute(sql`commit`);
  const changes = [nextRowAt, ...groups.map((group) => group.next_close_at), day.end];
  const validUntil = changes.filter((at) => at !== null).sort()[0] ?? day.end;
  return { snapshot: snapshotSchema.parse(snapshot), token, validUntil };
}

/** The rows behind a data-quality chip, in a transaction of their own. */
export async function readOddRowsOf(source: SnapshotSource, oddity: OddityId): Promise<OddRows> {
  const { scope } = await openScope(source);
  const total = await countOddRows(scope, oddity);
  const rows = await readOddRows(scope, oddity);
  await scope.db.execute(sql`commit`);
  return oddRowsSchema.parse({ asOf: scope.asOf, total, rows });
}

/** Begins a transaction and finds out which trading day it is. */
async function openScope({ db, t, is, options }: SnapshotSource): Promise<{
  readonly token: string;
  readonly scope: Scope;
}> {
  const { asOf, token } = await beginSnapshot(db);
  const day = tradingDayAt(asOf, options.tradingDay);
  return { token, scope: { db, t, is, options, asOf, day } };
}
