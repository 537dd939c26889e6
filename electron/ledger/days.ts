import { sql } from 'drizzle-orm';
import {
  addDecimals,
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
import { countOf, instantOf, outcomesOf, type Scope, sumOf } from './scope.ts';
import { pnlFigure } from './summary.ts';

const daysShown = 30;
const sparklinePoints = 240;

/** P&L of the last 30 trading days; a close belongs to the half-open day that holds `resolved_at`. */
export async function readDays({ db, t, is, day }: Scope): Promise<Snapshot['days']> {
  const days = lastTradingDays(day, daysShown);
  const starts = sql.raw(
    `array[${days.map(({ start }) => `'${start}'`).join(',')}]::timestamptz[]`,
  );
  const index = sql<number>`width_bucket(${t.resolvedAt}, ${starts})`.mapWith(Number);
  const rows = await db
    .select({ index, pnl: sumOf(is.pnl, sql`true`), closes: countOf(sql`true`) })
    .from(t)
    .where(
      sql`${is.scored} and ${t.resolvedAt} >= ${days[0]?.start} and ${t.resolvedAt} < ${day.end}`,
    )
    .groupBy(sql`1`);
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  return days.map(({ name }, position) => {
    const row = byIndex.get(position + 1);
    return { name, pnl: printDecimal(parseDecimal(row?.pnl ?? '0')), closes: row?.closes ?? 0 };
  });
}

/** The day so far: its sums, and its cumulative path from which peak and give-back follow. */
export async function readToday(
  scope: Scope,
  counts: Snapshot['counts'],
): Promise<Snapshot['today']> {
  const { db, t, is, day } = scope;
  const inDay = sql`${t.resolvedAt} >= ${day.start} and ${t.resolvedAt} < ${day.end}`;
  const [row] = await db
    .select({
      pnl: sumOf(is.pnl, is.scored),
      closes: countOf(is.scored),
      unscored: countOf(is.unscored),
      ...outcomesOf(is, is.scored),
    })
    .from(t)
    .where(inDay);
  if (row === undefined) throw new Error('An aggregate without groups yields one row');
  const points = await db
    .select({ at: instantOf(t.resolvedAt), pnl: sumOf(is.pnl, sql`true`) })
    .from(t)
    .where(sql`${is.scored} and ${inDay}`)
    .groupBy(t.resolvedAt)
    .orderBy(t.resolvedAt);
  const { pnl, ...stats } = row;
  return { pnl: pnlFigure(pnl, counts.scored, counts.open), ...stats, ...pathOf(points, counts) };
}

type Step = { readonly at: string | null; readonly pnl: string | null };

function pathOf(
  steps: readonly Step[],
  counts: Snapshot['counts'],
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
  const figure = (value: Decimal) => pnlFigure(printDecimal(value), counts.scored, counts.open);
  return {
    peak: figure(peak),
    giveBack: figure(subtractDecimals(peak, now)),
    path: thinPath(path, sparklinePoints),
  };
}
