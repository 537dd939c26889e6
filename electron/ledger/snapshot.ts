import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import { parseDecimal } from '../../shared/decimal.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import { type OddityId, type OddRows, oddRowsSchema } from '../../shared/oddities.ts';
import {
  type Figure,
  instantSchema,
  type Restatement,
  type Snapshot,
  snapshotSchema,
  type Trade,
  type TradingDay,
} from '../../shared/snapshot.ts';
import { type TradePage, type TradeQuery, tradePageSchema } from '../../shared/trade-page.ts';
import { tradingDayAt } from '../../shared/trading-day.ts';
import { breakdownBy, edgeCaptureOf } from './breakdown.ts';
import { type CloseSeries, closeSeriesOf } from './close-series.ts';
import { closesOf, readCloses } from './closes.ts';
import { readCreation } from './creation.ts';
import { type OpenRisk, readOpenRisk } from './exposure.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { type LegacyReport, readLegacyReport } from './legacy-report.ts';
import { overviewOf } from './overview.ts';
import type { Note, Session } from './pool.ts';
import { sessionLimits } from './pool-config.ts';
import { countHalted, readReasons } from './reasons.ts';
import { readRowGroups } from './row-groups.ts';
import type { Scope } from './scope.ts';
import { readServerHealth } from './server-health.ts';
import { readTradePage } from './trade-pages.ts';
import {
  countOddRows,
  readExtremes,
  readNewestFailed,
  readOddRows,
  readOpenTrades,
  readRecentCloses,
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
  select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as as_of,
         case when pg_is_in_recovery() then 'replayed ' || pg_last_wal_replay_lsn()::text
              else 'visible ' || pg_current_snapshot()::text end as token,
         current_setting('transaction_read_only') as read_only`;

// Rendered once and sent as it is: a probe is asked all day, and this halves what we add to it.
const versionText = new PgDialect().sqlToQuery(version).sql;

// The limits are set once more inside the transaction: a pooler may have dropped the session's. All
// in one message, to spare a round trip.
const begin = sql`begin isolation level repeatable read read only;
  set local statement_timeout = ${sql.raw(String(sessionLimits.statementTimeoutMs))};
  set local lock_timeout = ${sql.raw(String(sessionLimits.lockTimeoutMs))};
  set local idle_in_transaction_session_timeout = ${sql.raw(String(sessionLimits.idleInTransactionMs))};
  set local timezone = 'UTC';
  ${version}`;

/** One statement outside any transaction: has anything changed at all? About a millisecond. */
export const readVersion = async ({ ask }: Pick<Session, 'ask'>): Promise<Version> =>
  versionOf(await ask(versionText));

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
  /** The line of closes that the figures rest on, as it is until the next refresh begins. */
  readonly series: CloseSeries;
  /** What no screen shows: exposure of the 200 costliest names, and what of the promises came true. */
  readonly unshown: OpenRisk['all'] & {
    readonly edgeCapture: Figure;
    /** Rejected rows whose reason says that the trading system is halted. */
    readonly halted: number;
    readonly pending: PendingOrders;
    /** Failed rows of the last hour, newest first, at most three; none where nobody asks for them. */
    readonly newestFailed: readonly Trade[];
  };
}

/** What is known of live orders that are pending. */
export type PendingOrders =
  | { readonly kind: 'known'; readonly oldestAt: string | null }
  | { readonly kind: 'unknown'; readonly reason: string };

export const nobodyAsked: PendingOrders = { kind: 'unknown', reason: 'nobody asked for it yet' };

/** What a transaction works on. */
export type Source = Pick<Scope, 'db' | 't' | 'is' | 'options'>;

/** What the server answered in one transaction, with the history of closes. */
export interface Answers extends Omit<Awaited<ReturnType<typeof askPlainly>>, 'closes'> {
  readonly token: string;
  readonly asOf: string;
  readonly day: TradingDay;
  readonly series: CloseSeries;
}

/** Asks everything in one transaction, all or nothing, of all rows: the definition of every figure. */
export async function readAnswers(source: Source): Promise<Answers> {
  const { token, scope } = await openScope(source);
  const answers = await askPlainly(scope);
  await scope.db.execute(sql`commit`);
  return withSeries(answers, { token, scope });
}

/** A transaction that has begun, and the version of what it shows. */
export interface Opened {
  readonly token: string;
  readonly scope: Scope;
}

/** Asks everything by plain SQL inside a transaction that has begun. */
export async function askPlainly(scope: Scope) {
  const { groups, passing } = await readRowGroups(scope);
  const closes = await readCloses(scope);
  return {
    ...{ groups, passing, closes },
    creation: await readCreation(scope),
    risk: await readOpenRisk(scope, scope.is.open),
    openTrades: await readOpenTrades(scope, scope.is.open),
    recentCloses: await readRecentCloses(scope, closes),
    ...(await readExtremes(scope, groups)),
    rejections: await readReasons(scope, scope.is.rejected),
    failures: await readReasons(scope, scope.is.failed),
    newestFailed: await readNewestFailed(scope),
    halted: await countHalted(scope),
    server: await readServerHealth(scope.db),
  };
}

/** The answers, when the transaction is over already. */
export function withSeries(
  { closes, ...answers }: Awaited<ReturnType<typeof askPlainly>>,
  { token, scope: { asOf, day, options } }: Opened,
): Answers {
  const start = parseDecimal(options.bankroll ?? '0');
  const series = closeSeriesOf(closesOf(closes), start, options.namesCloses);
  return { ...answers, token, asOf, day, series };
}

/** Answers, and what they were asked with. */
export interface Read {
  readonly answers: Answers;
  readonly options: LedgerOptions;
  readonly roleCanWrite: boolean;
  readonly restatements: readonly Restatement[];
  /** When a refresh is due although nothing was committed; null when none is. */
  readonly dueInMs?: number | null;
}

/** Works the figures out, when the transaction is over already. */
export function readingOf(read: Read, note: Note, pending: PendingOrders = nobodyAsked): Reading {
  const { answers, options, roleCanWrite, restatements } = read;
  const { token, asOf, day, groups, creation, series, passing } = answers;
  const { openTrades, recentCloses, largestWin, largestLoss, rejections, failures, halted } =
    answers;
  const { newestFailed } = answers;
  const snapshot: z.input<typeof snapshotSchema> = {
    ...{ asOf, day, newestRowAt: creation.newestRowAt },
    ...overviewOf({ options, day }, answers, series, note),
    byStrategy: breakdownBy('strategy', groups),
    byOpportunityType: breakdownBy('type', groups),
    ...{ openTrades, recentCloses, largestWin, largestLoss, rejections, failures },
    restatements: [...restatements],
    server: { ...answers.server, roleCanWrite },
  };
  const dueAt = dueInstant(asOf, read.dueInMs ?? null);
  const changes = [creation.nextRowAt, passing.nextAt, day.end, dueAt].filter((at) => at !== null);
  return {
    snapshot: snapshotSchema.parse(snapshot),
    token,
    validUntil: changes.sort()[0] ?? day.end,
    series,
    unshown: {
      ...answers.risk.all,
      edgeCapture: edgeCaptureOf(groups),
      halted,
      pending,
      newestFailed,
    },
  };
}

function dueInstant(asOf: string, dueInMs: number | null): string | null {
  const ms = instantMs(asOf);
  return dueInMs === null || ms === null ? null : instantOfMs(ms + Math.ceil(dueInMs) + 1);
}

/** What the trading system's own report prints, in a transaction of its own. */
export async function readLegacyReportOf(source: Source, days: number): Promise<LegacyReport> {
  const { scope } = await openScope(source);
  const report = await readLegacyReport(scope.db, scope.t, days);
  await scope.db.execute(sql`commit`);
  return report;
}

/** The rows behind a data-quality chip, in a transaction of their own. */
export async function readOddRowsOf(source: Source, oddity: OddityId): Promise<OddRows> {
  const { scope } = await openScope(source);
  const total = await countOddRows(scope, oddity);
  const rows = await readOddRows(scope, oddity);
  await scope.db.execute(sql`commit`);
  return oddRowsSchema.parse({ asOf: scope.asOf, total, rows });
}

/** A page of trades; `ledger` tells this one from others. */
export async function readTradePageOf(
  source: Source,
  query: TradeQuery,
  ledger: string,
): Promise<TradePage> {
  const { scope } = await openScope(source);
  const page = await readTradePage(scope, query, ledger);
  await scope.db.execute(sql`commit`);
  return tradePageSchema.parse(page);
}

/** Begins a transaction and finds out which trading day it is. */
export async function openScope({ db, t, is, options }: Source): Promise<Opened> {
  const { asOf, token } = await beginSnapshot(db);
  const day = tradingDayAt(asOf, options.tradingDay);
  return { token, scope: { db, t, is, options, asOf, day } };
}
