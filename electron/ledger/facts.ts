import type { RangeId } from '../../shared/ranges.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Closes } from './close-series.ts';
import type { DayPath } from './day-path.ts';
import type { EquityFigures } from './equity.ts';
import type { OpenRisk } from './exposure.ts';
import type { Hold } from './hold.ts';
import type { LedgerOptions } from './ledger-options.ts';
import type { Standing } from './line-walker.ts';
import { addCounts, countRows, outcomesOf, type Passing, type RowGroup } from './row-groups.ts';

/** The totals of each class, as the figures use them. */
export interface Totals {
  readonly scored: readonly RowGroup[];
  readonly open: readonly RowGroup[];
  readonly executed: readonly RowGroup[];
  readonly counts: Snapshot['counts'];
  readonly outcomes: Snapshot['outcomes'];
}

/** All that one transaction told, from which the figures follow without another question. */
export interface Facts extends Totals {
  readonly options: LedgerOptions;
  /** All dated closes. */
  readonly dated: Closes;
  readonly ranges: Readonly<Record<RangeId, Closes>>;
  readonly dayPath: DayPath;
  readonly equity: EquityFigures;
  readonly streaks: Pick<Standing, 'run' | 'worstRun'>;
  readonly hold: Hold;
  readonly risk: OpenRisk;
}

/** Adds the classes up. */
export function totalsOf(groups: readonly RowGroup[], { future, anomalies }: Passing): Totals {
  const totals = groups.filter(({ kind }) => kind === 'total');
  const of = (...classes: RowGroup['row_class'][]): readonly RowGroup[] =>
    totals.filter((group) => classes.includes(group.row_class));
  const [scored, open, other] = [of('scored'), of('open'), of('other')];
  const executed = of('open', 'scored', 'unscored', 'other');
  return {
    ...{ scored, open, executed, outcomes: outcomesOf(scored) },
    counts: {
      all: countRows(totals),
      rejected: countRows(of('rejected')),
      failed: countRows(of('failed')),
      executed: countRows(executed),
      open: countRows(open),
      closed: countRows(of('scored', 'unscored')),
      other: countRows(other),
      scored: countRows(scored),
      unscored: countRows(of('unscored')),
      undated: countRows(scored) - addCounts(scored, 'dated'),
      ...{ future, anomalies },
      otherWithPnl: addCounts(other, 'with_pnl'),
      oddQuantities: countRows(executed) - addCounts(executed, 'quantities'),
      oddPrices: addCounts(open, 'odd_prices'),
      oddEdges: countRows(executed) - addCounts(executed, 'edges'),
      oddFees: countRows(executed) - addCounts(executed, 'finite_fees'),
    },
  };
}
