import { sql } from 'drizzle-orm';
import { addDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { RowGroup } from './row-groups.ts';
import { countOf, type Scope } from './scope.ts';
import { pnlFigure } from './summary.ts';

const typesShown = 20;
const reasonsShown = 12;

interface Tally {
  readonly trades: number;
  readonly open: number;
  readonly scored: number;
  readonly wins: number;
  readonly draws: number;
  readonly pnl: Decimal;
}

const emptyTally: Tally = { trades: 0, open: 0, scored: 0, wins: 0, draws: 0, pnl: zero };

/**
 * Executed trades by opportunity type, most trades first. Beyond twenty types the rest share the row
 * "all others": it is what the total leaves, so the sum of the rows is always the total.
 */
export function byOpportunityType(groups: readonly RowGroup[]): Snapshot['byOpportunityType'] {
  let rest = emptyTally;
  const byType = new Map<string, Tally>();
  for (const group of groups) {
    if (group.rowClass === 'rejected' || group.rowClass === 'failed') continue;
    const type = group.type ?? 'none';
    if (group.kind === 'total') rest = plus(rest, tallyOf(group), 1);
    if (group.kind === 'type')
      byType.set(type, plus(byType.get(type) ?? emptyTally, tallyOf(group), 1));
  }
  const ranked = [...byType].sort(([, a], [, b]) => b.trades - a.trades).slice(0, typesShown);
  for (const [, tally] of ranked) rest = plus(rest, tally, -1);
  const rows = rest.trades === 0 ? ranked : [...ranked, ['all others', rest] as const];
  return rows.map(([type, { pnl, ...tally }]) => ({
    ...{ type, ...tally, losses: tally.scored - tally.wins - tally.draws },
    pnl: pnlFigure(pnl, tally),
  }));
}

function tallyOf({ rowClass, rows, wins, draws, pnl }: RowGroup): Tally {
  const tally = { ...emptyTally, trades: rows, open: rowClass === 'open' ? rows : 0 };
  if (rowClass !== 'scored') return tally;
  return { ...tally, scored: rows, wins, draws, pnl: parseDecimal(pnl ?? '0') };
}

const plus = (a: Tally, b: Tally, sign: 1 | -1): Tally => ({
  trades: a.trades + sign * b.trades,
  open: a.open + sign * b.open,
  scored: a.scored + sign * b.scored,
  wins: a.wins + sign * b.wins,
  draws: a.draws + sign * b.draws,
  pnl: addDecimals(a.pnl, { units: BigInt(sign) * b.pnl.units, scale: b.pnl.scale }),
});

/** Rejections by their reason, amounts replaced by "#", most frequent first. */
export async function readRejections({ db, t, is }: Scope): Promise<Snapshot['rejections']> {
  const reason = sql<string>`left(regexp_replace(coalesce(nullif(${t.riskRejectionReason}, ''), 'no reason given'), '[0-9]+([.,][0-9]+)*', '#', 'g'), 200)`;
  return db
    .select({ reason, count: countOf(sql`true`) })
    .from(t)
    .where(is.rejected)
    .groupBy(sql`1`)
    .orderBy(sql`2 desc, 1`)
    .limit(reasonsShown);
}
