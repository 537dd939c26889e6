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
import type { RowClass, Snapshot } from '../../shared/snapshot.ts';
import { thinPath } from '../../shared/thin-path.ts';
import { addUp, countRows, outcomesOf, type RowGroup } from './row-groups.ts';
import { instantOf, type Scope, sumOf } from './scope.ts';
import { pnlFigure } from './summary.ts';

const sparklinePoints = 240;

type DaysAndToday = Pick<Snapshot, 'days' | 'today'>;
type Counts = Snapshot['counts'];

/**
 * The trading days of the scope, the last of them in detail. A close belongs to the half-open day
 * that holds its `resolved_at`.
 */
export async function readDays(
  scope: Scope,
  groups: readonly RowGroup[],
  counts: Counts,
): Promise<DaysAndToday> {
  const closesOf = (rowClass: RowClass, dayIndex: number): readonly RowGroup[] =>
    groups.filter(
      (group) => group.kind === 'day' && group.rowClass === rowClass && group.dayIndex === dayIndex,
    );
  const today = closesOf('scored', scope.days.length);
  return {
    days: scope.days.map(({ name }, position) => {
      const scored = closesOf('scored', position + 1);
      return { name, pnl: printDecimal(addUp(scored, 'pnl')), closes: countRows(scored) };
    }),
    today: {
      pnl: pnlFigure(addUp(today, 'pnl'), counts),
      closes: countRows(today),
      unscored: countRows(closesOf('unscored', scope.days.length)),
      ...outcomesOf(today),
      ...pathOf(await readSteps(scope), counts),
    },
  };
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
