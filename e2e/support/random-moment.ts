import fc from 'fast-check';
import { literal, startOfDay } from './oracle-scope.ts';

/** When a row was created or closed, told from now or from a border of a trading day. */
export type Moment =
  | { readonly minutesAgo: number }
  /** The first instant of the trading day so many days ago, and microseconds from it. */
  | { readonly dayBorder: number; readonly microseconds: number }
  /** The first instant of this month or year of trading days. */
  | { readonly firstOf: 'month' | 'year'; readonly microseconds: number }
  | { readonly at: string };

const dayMinutes = 24 * 60;

/** Mostly the last weeks, sometimes the last thirteen months, now and then a little ahead. */
const minutesAgo = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * dayMinutes }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40 * dayMinutes }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 400 * dayMinutes }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 60, 1440) },
  { weight: 1, arbitrary: fc.integer({ min: -3 * dayMinutes, max: -10 }) },
);

const microseconds = fc.constantFrom(-1, 0, 0, 1);

/** Any moment, the impossible ones included. */
export const randomMoment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ minutesAgo }) },
  {
    weight: 3,
    arbitrary: fc.record({ dayBorder: fc.integer({ min: -1, max: 31 }), microseconds }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ firstOf: fc.constantFrom('month', 'year'), microseconds }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constantFrom(
        ...['infinity', '-infinity', '0044-03-15 10:00:00+00 BC', '0001-01-01 00:00:00+00 BC'],
        ...['12026-07-04 00:00:00+00', '294000-01-01 00:00:00+00', '0001-01-01 00:00:00+00'],
      ),
    }),
  },
);

/** Opened, and closed some while later. */
export const randomStretch: fc.Arbitrary<{
  readonly created_at: Moment;
  readonly resolved_at: Moment;
}> = fc
  .tuple(minutesAgo, fc.integer({ min: 0, max: 3000 }), randomMoment)
  .map(([closed, held, border]) => ({
    created_at: { minutesAgo: closed + held },
    resolved_at: 'dayBorder' in border ? border : { minutesAgo: closed },
  }));

/** A moment as an expression of SQL. */
export function momentSql(
  moment: Moment,
  now: string,
  tradingDay: { readonly zone: string; readonly rollHour: number },
): string {
  const shifted = (from: string, by: number): string => `${from} + interval '${by} microseconds'`;
  // Its trading day may bear the name of the day before or after; any border near it will do.
  const today = `(${now} at time zone ${literal(tradingDay.zone)})::date`;
  if ('at' in moment) return literal(moment.at);
  if ('minutesAgo' in moment) return `${now} - interval '${moment.minutesAgo} minutes'`;
  if ('dayBorder' in moment) {
    return shifted(startOfDay(`${today} - ${moment.dayBorder}`, tradingDay), moment.microseconds);
  }
  const first = `date_trunc('${moment.firstOf}', ${today})::date`;
  return shifted(startOfDay(first, tradingDay), moment.microseconds);
}
