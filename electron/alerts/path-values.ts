import type { RuleKindId } from '../../shared/alerts/rule-kinds.ts';
import {
  addDecimals,
  type Decimal,
  divideDecimals,
  parseDecimal,
  printDecimal,
  signOf,
  subtractDecimals,
  wholeDecimal,
  zero,
} from '../../shared/decimal.ts';
import type { PathPoint } from '../ledger/close-path.ts';
import type { CloseSeries } from '../ledger/close-series.ts';
import type { Reading } from '../ledger/snapshot.ts';

/** What path rules see of one moment; the present has no closes of its own. */
export type PathMoment = Omit<PathPoint, 'at' | 'highest' | 'lowest' | 'markBefore'> &
  Partial<Pick<PathPoint, 'highest' | 'lowest' | 'markBefore'>>;

const shareDecimals = 15;

/**
 * The value of a path rule at a moment, exact but for shares, which have 15 decimals; null where the
 * moment has none. `undated` is Σ P&L of the scored trades without a close time: in all-time figures alone.
 */
export function pathValue(kind: RuleKindId, moment: PathMoment, undated: Decimal): string | null {
  const value = pathDecimal(kind, moment, undated);
  return value === null ? null : printDecimal(value);
}

/** The same, not printed. */
export function pathDecimal(
  kind: RuleKindId,
  moment: PathMoment,
  undated: Decimal,
): Decimal | null {
  switch (kind) {
    case 'day-pnl-low':
    case 'day-pnl-high':
      return moment.dayPnl;
    case 'total-pnl-low':
    case 'total-pnl-high':
      return addDecimals(moment.pnl, undated);
    case 'drawdown':
      return subtractDecimals(moment.highWaterMark, moment.equity);
    case 'drawdown-share':
      return shareOf(moment);
    case 'give-back':
      return subtractDecimals(moment.dayPeak, moment.dayPnl);
    case 'single-win':
      return moment.highest ?? null;
    case 'single-loss':
      return moment.lowest ?? null;
    case 'losing-streak':
      return wholeDecimal(Math.max(0, -moment.run));
    case 'equity-high':
      return moment.markBefore === undefined
        ? null
        : subtractDecimals(moment.equity, moment.markBefore);
    default:
      return null;
  }
}

/** Σ P&L of the scored trades without a close time. */
export function undatedPnl({ figures }: Reading['snapshot'], series: CloseSeries): Decimal {
  const all = figures['all-time-pnl'];
  if (all.kind !== 'value') return zero;
  const dated = subtractDecimals(series.decimal(series.last.sum), series.start);
  return subtractDecimals(parseDecimal(all.value), dated);
}

/** Without a mark above 0 no share can be said. */
function shareOf({ equity, highWaterMark }: PathMoment): Decimal | null {
  if (signOf(highWaterMark) <= 0) return null;
  return divideDecimals(subtractDecimals(highWaterMark, equity), highWaterMark, shareDecimals);
}
