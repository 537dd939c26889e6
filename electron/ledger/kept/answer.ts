import { type SQL, sql } from 'drizzle-orm';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { readCreation } from '../creation.ts';
import { readOpenRisk } from '../exposure.ts';
import { type Moment, momentFromText } from '../moments.ts';
import { reasonsShown, saysHalted } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { readServerHealth } from '../server-health.ts';
import { isOneOf, readNewestFailed, readOpenTrades, readTradesOf } from '../trades.ts';
import type { KeptRows } from './kept-rows.ts';
import { compareBytes } from './totals.ts';

/** Open rows are looked up by so many ids at once; where there are more, exposure asks for the class. */
export const openIdsAtOnce = 5000;

/** The answers of `askPlainly`, closes aside: from what is kept, and for rows to show by their ids. */
export async function answerFrom(rows: KeptRows, scope: Scope, asOf: Moment) {
  const ids = [...rows.openIds()].map(([id]) => id);
  const open = ids.length > openIdsAtOnce ? scope.is.open : openOf(scope, ids);
  const { win, loss } = rows.extremes();
  const recent = rows.recentIds();
  const wanted = [...recent, ...[win, loss].flatMap((row) => (row === null ? [] : [row.id]))];
  const trades = new Map((await readTradesOf(scope, wanted)).map((trade) => [trade.id, trade]));
  const day = { start: momentFromText(scope.day.start), end: momentFromText(scope.day.end) };
  return {
    groups: rows.rowGroups(),
    passing: rows.passing(asOf, day),
    creation: await readCreation(scope),
    risk: await readOpenRisk(scope, open),
    openTrades: await readOpenTrades(scope, open),
    recentCloses: recent.flatMap((id) => trades.get(id) ?? []),
    largestWin: (win && trades.get(win.id)) ?? null,
    largestLoss: (loss && trades.get(loss.id)) ?? null,
    rejections: mostFrequent(rows, 'rejected'),
    failures: mostFrequent(rows, 'failed'),
    newestFailed: await readNewestFailed(scope),
    halted: rows.totals
      .reasonsOf('rejected')
      .reduce((sum, { reason, count }) => sum + (saysHalted(reason) ? count : 0), 0),
    server: await readServerHealth(scope.db),
  };
}

const openOf = (scope: Scope, ids: readonly string[]): SQL =>
  sql`${isOneOf(scope, ids)} and ${scope.is.open}`;

const mostFrequent = (rows: KeptRows, rowClass: 'rejected' | 'failed'): Snapshot['rejections'] =>
  rows.totals
    .reasonsOf(rowClass)
    .sort((a, b) => b.count - a.count || compareBytes(a.reason, b.reason))
    .slice(0, reasonsShown);
