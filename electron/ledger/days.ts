import { sql } from 'drizzle-orm';
import {
  addDecimals,
  canonicalDecimal,
  compareDecimals,
  type Decimal,
  parseDecimal,
  printDecimal,
  subtractDecimals,
  zero,
} from '../../shared/decimal.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { thinPath } from '../../shared/thin-path.ts';
import { lastTradingDays } from '../../shared/trading-day.ts';
import { countOf, instantOf, type Scope, sumOf } from './scope.ts';
import { pnlFigure } from './summary.ts';

const daysShown = 30;
const sparklinePoints = 240;

type DaysAndToday = Pick<Snapshot, 'days' | 'today'>;
type Counts = Snapshot['counts'];

/**
 * The last 30 trading days, the last of them in detail. A close belongs to the half-open day that
 * holds its `resolved_at`.
 */
export async function readDays(scope: Scope, counts: Counts): Promise<DaysAndToday> {
  const days = lastTradingDays(scope.day, daysShown);
  const rows = await readDaySums(scope, days);
  const scored = new Map(rows.filter(isScored).map((row) => [row.index, row]));
  const { wins = 0, draws = 0, closes = 0, pnl = '0' } = scored.get(daysShown) ?? {};
  const unscored = rows.find((row) => row.index === daysShown && !isScored(row))?.closes ?? 0;
  return {
    days: days.map(({ name }, position) => {
      const row = scored.get(position + 1);
      return { name, pnl: canonicalDecimal(row?.pnl ?? '0'), closes: row?.closes ?? 0 };
    }),
    today: {
      pnl: pnlFigure(parseDecimal(pnl), counts),
      ...{ closes, unscored, wins, draws, losses: closes - wins - draws },
      ...pathOf(await readSteps(scope), counts),
    },
  };
}

const isScored = ({ rowClass }: { readonly rowClass: string }): boolean => rowClass === 'scored';

/** Scored and unscored closes of each day. */
function readDaySums({ db, t, is, day }: Scope, days: readonly Scope['day'][]) {
  // In a subquery of its own, for the cast would else run once a row.
  const starts = sql.raw(`(select '{${days.map(({ start }) => start).join(',')}}'::timestamptz[])`);
  return db
    .select({
      /** Position of the day, counted from 1. */
      index: sql<number>`width_bucket(${t.resolvedAt}, ${starts})`.mapWith(Number),
      rowClass: sql<string>`${is.name}`,
      closes: countOf(sql`true`),
      wins: countOf(sql`${is.pnl} > 0`),
      draws: countOf(sql`${is.pnl} = 0`),
      pnl: sql<string>`coalesce(sum(${is.pnl}), 0)`,
    })
    .from(t)
    .where(
      sql`${t.resolvedAt} >= ${days[0]?.start} and ${t.resolvedAt} < ${day.end} and ${is.closed}`,
    )
    .groupBy(sql`1`, sql`2`);
}

/** P&L of each instant of the day with closes: rows that close at one instant are one step. */
function readSteps({ db, t, is, day }: Scope) {
  return db
    .select({ at: instantOf(t.resolvedAt), pnl: sumOf(is.pnl, sql`true`) })
    .from(t)
    .where(sql`${t.resolvedAt} >= ${day.start} and ${t.resolvedAt} < ${day.end} and ${is.scored}`)
    .groupBy(t.resolvedAt)
    .orderBy(t.resolvedAt);
}

type Step = Awaited<ReturnType<typeof readSteps>>[number];

function pathOf(
  steps: readonly Step[],
  counts: Counts,
): Pick<Snapshot['today'], 'peak' | 'giveBack' | 'path'> {
  let now: Decimal = zero;
  let peak: Decimal = zero;
  const path: Snapshot['today']['path'] = [];
  for (const { at, pnl } of steps) {
    if (at === null || pnl === null) continue;
    now = addDecimals(now, parseDecimal(pnl));
    if (compareDecimals(now, peak) > 0) peak = now;
    path.push({ at, pnl: printDecimal(now) });
  }
  return {
    peak: pnlFigure(peak, counts),
    giveBack: pnlFigure(subtractDecimals(peak, now), counts),
    path: thinPath(path, sparklinePoints),
  };
}
