import { keepFiringMs, pendingMs } from '../../../shared/alerts/defaults.ts';
import type { Episode } from '../../../shared/alerts/episode.ts';
import { kindOf, type Rule } from '../../../shared/alerts/rule.ts';
import { instantMs, instantOfMs } from '../../../shared/instant.ts';
import { type TradingDayRule, tradingDayAt } from '../../../shared/trading-day.ts';
import { centsOf, type Row } from './path-watch.ts';

// A model in whole cents and milliseconds, which knows neither the product's engine nor its walk along the
// closes: it looks at each stretch of time in which a figure stands still.

const hour = 60 * 60 * 1000;

/** An episode as the model tells it. */
export const told = ({ start, end, endReason, worst }: Episode) => ({
  ...{ at: start.at, value: centsOf(start.value), worst: centsOf(worst.value) },
  ...{ endAt: end?.at ?? null, endValue: centsOf(end?.value ?? null), endReason },
});
type Told = ReturnType<typeof told>;

/** A stretch of time in which a figure stands still. */
interface Stretch {
  readonly fromMs: number;
  readonly cents: number;
  readonly day: string;
}

/** How a figure went, in stretches. */
export function stretchesOf(
  rule: Rule,
  rows: readonly Row[],
  tradingDay: TradingDayRule,
): Stretch[] {
  const dayOf = (ms: number) => tradingDayAt(instantOfMs(ms), tradingDay);
  const valueAt = (ms: number): number => figureAt(rule, rows, ms, (at) => dayOf(at).name);
  const times = new Set(rows.map(({ ms }) => ms));
  if (kindOf(rule).isDaily && rows.length > 0) {
    const lastMs = Math.max(...times) + 100 * hour;
    for (let ms = Math.min(...times); ms < lastMs; ) {
      ms = instantMs(dayOf(ms).end) ?? lastMs;
      times.add(ms);
    }
  }
  return [...times]
    .sort((a, b) => a - b)
    .map((ms) => ({ fromMs: ms, cents: valueAt(ms), day: dayOf(ms).name }));
}

/** The figure of a rule at an instant, in cents; streaks in hundreds. */
export function figureAt(
  { kind }: Rule,
  rows: readonly Row[],
  ms: number,
  dayOf: (ms: number) => string,
): number {
  const until = rows.filter((row) => row.ms <= ms);
  const sums = (of: readonly Row[]): number[] =>
    [...new Set(of.map((row) => row.ms))].map((at) =>
      of.filter((row) => row.ms <= at).reduce((sum, { cents }) => sum + cents, 0),
    );
  const today = sums(until.filter((row) => dayOf(row.ms) === dayOf(ms)));
  const all = sums(until);
  switch (kind) {
    case 'day-pnl-low':
      return today.at(-1) ?? 0;
    case 'give-back':
      return Math.max(0, ...today) - (today.at(-1) ?? 0);
    case 'total-pnl-low':
      return all.at(-1) ?? 0;
    case 'drawdown':
      return Math.max(0, ...all) - (all.at(-1) ?? 0);
    case 'losing-streak': {
      const letters = until.map(({ cents }) => (cents > 0 ? 'W' : cents < 0 ? 'L' : '')).join('');
      return (/L*$/.exec(letters)?.[0].length ?? 0) * 100;
    }
    default:
      throw new Error(`The model does not know ${kind}`);
  }
}

/** The episodes of a rule, from its definition. */
export function meant(rule: Rule, stretches: readonly Stretch[], nowMs: number): Told[] {
  const low = kindOf(rule).side === 'low';
  const [line, ends] = [centsOf(rule.threshold) ?? 0, centsOf(rule.recovery) ?? 0];
  const breached = (cents: number): boolean => (low ? cents <= line : cents >= line);
  const over = (cents: number): boolean => (low ? cents > ends : cents < ends);
  const found: Told[] = [];
  let lasting: Told | null = null;
  let sinceMs: number | null = null;
  const end = (ms: number, cents: number, endReason: Told['endReason']): void => {
    if (lasting !== null)
      found.push({ ...lasting, endAt: instantOfMs(ms), endValue: cents, endReason });
    [lasting, sinceMs] = [null, null];
  };
  stretches.forEach(({ fromMs, cents, day }, index) => {
    const before = stretches[index - 1];
    const next = stretches[index + 1];
    const toMs = Math.min(next?.fromMs ?? nowMs, nowMs);
    // A period that runs out at the very end of the trading day runs out too late.
    const isDayOver = kindOf(rule).isDaily && next !== undefined && next.day !== day;
    const isReached = (dueMs: number): boolean =>
      dueMs < toMs || (dueMs === toMs && !(isDayOver && toMs === next?.fromMs));
    if (fromMs > nowMs) return;
    if (kindOf(rule).isDaily && before !== undefined && before.day !== day) {
      end(fromMs, before.cents, 'rollover');
      sinceMs = null;
    }
    if (lasting !== null) {
      const worst = low ? Math.min(lasting.worst ?? 0, cents) : Math.max(lasting.worst ?? 0, cents);
      lasting = { ...lasting, worst };
      sinceMs = over(cents) ? (sinceMs ?? fromMs) : null;
      const dueMs = (sinceMs ?? Number.POSITIVE_INFINITY) + keepFiringMs(rule);
      if (isReached(dueMs)) end(dueMs, cents, 'recovered');
      return;
    }
    sinceMs = breached(cents) ? (sinceMs ?? fromMs) : null;
    const dueMs = (sinceMs ?? Number.POSITIVE_INFINITY) + pendingMs(rule);
    if (!isReached(dueMs)) return;
    const at = instantOfMs(dueMs);
    lasting = { at, value: cents, worst: cents, endAt: null, endValue: null, endReason: null };
    sinceMs = null;
  });
  return lasting === null ? found : [...found, lasting];
}
