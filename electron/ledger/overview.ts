import { printDecimal } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import { lastDaysStart, rangeStart } from '../../shared/range-days.ts';
import type { RangeId } from '../../shared/ranges.ts';
import type { Range, Snapshot } from '../../shared/snapshot.ts';
import { lastTradingDays } from '../../shared/trading-day.ts';
import { type CloseSeries, type Closes, closesBetween } from './close-series.ts';
import { dayPath } from './day-path.ts';
import { equityOf } from './equity.ts';
import type { OpenRisk } from './exposure.ts';
import { type Facts, type Totals, totalsOf } from './facts.ts';
import { figuresOf, pnlFigure } from './figures.ts';
import { holdOf } from './hold.ts';
import { limitsOf } from './limits.ts';
import { addUp, type Passing, type RowGroup } from './row-groups.ts';
import type { Scope } from './scope.ts';

const daysShown = 30;

/** What the server answered, as far as figures follow from it. */
interface Answers {
  readonly groups: readonly RowGroup[];
  readonly passing: Passing;
  readonly risk: OpenRisk;
}

type Moment = Pick<Scope, 'options' | 'day'>;
type Starts = Readonly<Record<RangeId, string | null>>;

/** All that follows from the answers without another question: the figures of the Overview. */
export function overviewOf(
  moment: Moment,
  answers: Answers,
  series: CloseSeries,
  note: (sentence: string, error: unknown) => void,
) {
  const starts = startsOf(moment);
  const facts = factsOf(moment, answers, series, starts);
  const { options, counts, outcomes, ranges, dayPath: path, equity, risk } = facts;
  const { bankroll, tradingDay, quantityUnit, pnlIsGross } = options;
  const range = (closes: Closes, start: string | null): Range => ({
    ...{ ...closes, start, end: moment.day.end, pnl: pnlFigure(closes.pnl, counts) },
  });
  const rangeOf = (id: RangeId): Range => range(ranges[id], starts[id]);
  return {
    ...{ counts, outcomes, figures: figuresOf(facts, note), limits: limitsOf(facts) },
    basis: { bankroll, tradingDay, quantityUnit, pnlIsGross },
    today: {
      ...{ ...ranges.today, pnl: pnlFigure(ranges.today.pnl, counts), path: path.path },
      unscored: answers.passing.unscoredToday,
    },
    ranges: recordOf(rangeOf),
    ...lastDaysOf(moment, (start) => range(closesBetween(series, start, moment.day.end), start)),
    days: daysOf(moment, series),
    ...{ equity: equity.equity, exposure: risk.exposure },
  } satisfies Partial<Snapshot>;
}

function factsOf(
  { options, day }: Moment,
  { groups, passing, risk }: Answers,
  series: CloseSeries,
  starts: Starts,
): Facts {
  const totals = totalsOf(groups, passing);
  return {
    ...{ options, ...totals, risk, hold: holdOf(series.columns), streaks: series.last },
    ranges: recordOf((id) =>
      id === 'all' ? allCloses(totals) : closesBetween(series, starts[id], day.end),
    ),
    dated: closesBetween(series, null, null),
    dayPath: dayPath(series, day.start, day.end),
    equity: equityOf(series, {
      hasBankroll: options.bankroll !== null,
      firstExecutedAt: firstCreation(totals.executed),
      // The day's end as well: what is dated beyond it shows in All alone.
      rangeStarts: [...Object.values(starts), day.end],
    }),
  };
}

const startsOf = ({ day, options }: Moment): Starts =>
  recordOf((id) => rangeStart(id, day, options.tradingDay));

const recordOf = <T>(of: (id: RangeId) => T): Record<RangeId, T> => ({
  today: of('today'),
  '7d': of('7d'),
  '30d': of('30d'),
  mtd: of('mtd'),
  ytd: of('ytd'),
  all: of('all'),
});

/** All of time, undated closes included. */
const allCloses = ({ scored, counts, outcomes }: Totals): Closes => ({
  ...{ pnl: addUp(scored, 'pnl'), closes: counts.scored, ...outcomes },
});

function firstCreation(groups: readonly RowGroup[]): string | null {
  const known = groups.flatMap(({ first_created_at: at }) => (at === null ? [] : [at]));
  return known.sort(compareInstants)[0] ?? null;
}

function lastDaysOf(
  { options: { lastDays, tradingDay }, day }: Moment,
  rangeFrom: (start: string) => Range,
): Pick<Snapshot, 'lastDays'> {
  if (lastDays === undefined) return {};
  return { lastDays: rangeFrom(lastDaysStart(lastDays, day, tradingDay)) };
}

/** P&L of each of the last trading days, oldest first. */
export const daysOf = ({ day, options }: Moment, series: CloseSeries): Snapshot['days'] =>
  lastTradingDays(day, daysShown, options.tradingDay).map(({ name, start, end }) => {
    const { pnl, closes } = closesBetween(series, start, end);
    return { name, pnl: printDecimal(pnl), closes };
  });
