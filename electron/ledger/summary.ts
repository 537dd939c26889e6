import { type Decimal, printDecimal } from '../../shared/decimal.ts';
import { formatCount } from '../../shared/format.ts';
import type { Figure, RowClass, Snapshot } from '../../shared/snapshot.ts';
import { winRateOf } from '../../shared/win-rate.ts';
import { addUp, countRows, outcomesOf, type RowGroup } from './row-groups.ts';

type Summary = Pick<
  Snapshot,
  'counts' | 'allTimePnl' | 'outcomes' | 'winRate' | 'openExposure' | 'fees' | 'turnover'
>;

type OfClasses = (...classes: RowClass[]) => readonly RowGroup[];

/** The figures over all rows, from the totals of each class. */
export function summaryOf(groups: readonly RowGroup[]): Summary {
  const totals = groups.filter(({ kind }) => kind === 'total');
  const of: OfClasses = (...classes) => totals.filter((row) => classes.includes(row.rowClass));
  const executed = of('open', 'scored', 'unscored', 'other');
  const counts = countsOf(totals, of);
  const outcomes = outcomesOf(of('scored'));
  return {
    ...{ counts, outcomes },
    winRate: winRateOf(outcomes),
    allTimePnl: pnlFigure(addUp(of('scored'), 'pnl'), counts),
    openExposure: figureOf(addUp(of('open'), 'quantity')),
    fees: figureOf(addUp(executed, 'fees')),
    turnover: figureOf(addUp(executed, 'quantity')),
  };
}

/**
 * A P&L; without a single scored row there is nothing to compute it from, which is not $0.00.
 */
export function pnlFigure(
  value: Decimal,
  { scored, open }: { readonly scored: number; readonly open: number },
): Figure {
  if (scored === 0)
    return { kind: 'none', reason: `no realized P&L yet · ${formatCount(open)} open` };
  return figureOf(value);
}

const figureOf = (value: Decimal): Figure => ({ kind: 'value', value: printDecimal(value) });

function countsOf(totals: readonly RowGroup[], of: OfClasses): Snapshot['counts'] {
  const executed = of('open', 'scored', 'unscored', 'other');
  return {
    all: countRows(totals),
    rejected: countRows(of('rejected')),
    failed: countRows(of('failed')),
    executed: countRows(executed),
    open: countRows(of('open')),
    closed: countRows(of('scored', 'unscored')),
    other: countRows(of('other')),
    scored: countRows(of('scored')),
    unscored: countRows(of('unscored')),
    undated: of('scored').reduce((sum, { rows, dated }) => sum + rows - dated, 0),
    anomalies: totals.reduce((sum, { anomalies }) => sum + anomalies, 0),
    otherWithPnl: of('other').reduce((sum, { withPnl }) => sum + withPnl, 0),
    oddQuantities: executed.reduce((sum, { rows, quantities }) => sum + rows - quantities, 0),
    oddFees: executed.reduce((sum, { rows, finiteFees }) => sum + rows - finiteFees, 0),
  };
}
