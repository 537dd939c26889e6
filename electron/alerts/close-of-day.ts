import type { DailyClose } from '../../shared/alerts/alerts-state.ts';
import { type DayCloses, dailyCloseOf } from '../../shared/alerts/daily-close.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { printDecimal } from '../../shared/decimal.ts';
import type { Snapshot, TradingDay } from '../../shared/snapshot.ts';
import { type CloseSeries, closesBetween } from '../ledger/close-series.ts';
import type { Reading } from '../ledger/snapshot.ts';

/** What is remembered of a trading day that is over. */
interface Remembered {
  /** Its last snapshot; null when nobody watched. */
  readonly before: Snapshot | null;
  readonly episodes: readonly Episode[];
}

/** What a trading day came to, by the first reading of a later one. */
export const closeOfDay = (
  day: TradingDay,
  { snapshot, series }: Pick<Reading, 'snapshot' | 'series'>,
  { before, episodes }: Remembered,
): DailyClose => dailyCloseOf({ snapshot, day, before, episodes, counted: countedIn(series, day) });

/** Closes of the day as the ledger tells them now; no P&L where none was ever scored. */
function countedIn(series: CloseSeries, { start, end }: TradingDay): DayCloses {
  const { pnl, ...counts } = closesBetween(series, start, end);
  return { ...counts, pnl: series.length === 0 ? null : printDecimal(pnl) };
}
