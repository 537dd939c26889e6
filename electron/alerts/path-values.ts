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
  const value = decimalOf(kind, moment, undated);
  return value === null ? null : printDecimal(value);
}

function decimalOf(kind: RuleKindId, moment: PathMoment, undated: Decimal): Decimal | null {
  const { dayPnl, dayPeak, pnl, equity, highWaterMark, run } = moment;
  const { highest, lowest, markBefore } = moment;
  switch (kind) {
    case 'day-pnl-low':
    case 'day-pnl-high':
      return dayPnl;
    case 'total-pnl-low':
    case 'total-pnl-high':
      return addDecimals(pnl, undated);
    case 'drawdown':
      return subtractDecimals(highWaterMark, equity);
    case 'drawdown-share':
      // Without a mark above 0 no share can be said.
      if (signOf(highWaterMark) <= 0) return null;
      return divideDecimals(subtractDecimals(highWaterMark, equity), highWaterMark, shareDecimals);
    case 'give-back':
      return subtractDecimals(dayPeak, dayPnl);
    case 'single-win':
      return highest ?? null;
    case 'single-loss':
      return lowest ?? null;
    case 'losing-streak':
      return wholeDecimal(Math.max(0, -run));
    case 'equity-high':
      return markBefore === undefined ? null : subtractDecimals(equity, markBefore);
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
