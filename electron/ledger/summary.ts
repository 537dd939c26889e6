import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { parseDecimal, printDecimal } from '../../shared/decimal.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { winRateOf } from '../../shared/win-rate.ts';
import { finite } from './row-classes.ts';
import { countOf, instantOf, outcomesOf, type Scope, sumFigure, sumOf } from './scope.ts';

type Summary = Pick<
  Snapshot,
  | 'counts'
  | 'allTimePnl'
  | 'outcomes'
  | 'winRate'
  | 'openExposure'
  | 'fees'
  | 'turnover'
  | 'newestRowAt'
> & {
  /** Earliest instant of a row later today: figures that depend on the clock change then. */
  readonly nextFutureAt: string | null;
};

/** All figures that one pass over the relation yields. */
export async function readSummary({ db, t, is, day }: Scope): Promise<Summary> {
  const laterToday = (at: AnyPgColumn) => sql`${at} > now() and ${at} < ${day.end}`;
  const [row] = await db
    .select({
      all: countOf(sql`true`),
      rejected: countOf(is.rejected),
      failed: countOf(is.failed),
      executed: countOf(is.executed),
      open: countOf(is.open),
      closed: countOf(is.closed),
      other: countOf(is.other),
      scored: countOf(is.scored),
      unscored: countOf(is.unscored),
      undated: countOf(is.undated),
      anomalies: countOf(is.anomaly),
      otherWithPnl: countOf(sql`${is.other} and ${t.realizedPnl} is not null`),
      ...outcomesOf(is, is.scored),
      pnl: sumOf(is.pnl, is.scored),
      openExposure: sumOf(t.quantity, sql`${is.open} and ${finite(t.quantity)}`),
      fees: sumOf(t.fees, sql`${is.executed} and ${finite(t.fees)}`),
      turnover: sumOf(t.quantity, sql`${is.executed} and ${finite(t.quantity)}`),
      newestRowAt: instantOf(sql`max(${t.createdAt}) filter (where ${t.createdAt} <= now())`),
      nextFutureAt: instantOf(
        sql`least(min(${t.createdAt}) filter (where ${laterToday(t.createdAt)}), min(${t.resolvedAt}) filter (where ${laterToday(t.resolvedAt)}))`,
      ),
    })
    .from(t);
  if (row === undefined) throw new Error('An aggregate without groups yields one row');
  const { wins, draws, losses, pnl, newestRowAt, nextFutureAt, ...rest } = row;
  const { openExposure, fees, turnover, ...counts } = rest;
  const outcomes = { wins, draws, losses };
  return {
    ...{ counts, outcomes, newestRowAt, nextFutureAt },
    winRate: winRateOf(outcomes),
    allTimePnl: pnlFigure(pnl, counts.scored, counts.open),
    openExposure: sumFigure(openExposure),
    fees: sumFigure(fees),
    turnover: sumFigure(turnover),
  };
}

/** A sum of P&L; without a single scored row ever there is nothing to sum, which is not $0.00. */
export function pnlFigure(sum: string | null, scoredEver: number, open: number): Figure {
  if (scoredEver === 0) return { kind: 'none', reason: `no realized P&L yet · ${open} open` };
  return { kind: 'value', value: printDecimal(parseDecimal(sum ?? '0')) };
}
