import { type RangeId, rangeIds } from '../../shared/ranges.ts';
import { prefixed } from './oracle-figures.ts';
import { instant, literal, number, type OracleBasis, quotient } from './oracle-scope.ts';

/** One statement a fact of the snapshot that is one value: counts, today, ranges, the equity's falls. */
export const factStatements = (basis: OracleBasis): Readonly<Record<string, string>> => ({
  ...prefixed('counts', counts),
  ...prefixed('outcomes', outcomes('s', 'scored')),
  ...prefixed('day', day(basis)),
  ...prefixed('today', {
    ...closes('day_start', 'day_end', 'false'),
    unscored: `select count(*) from s, bounds where class = 'closed' and not scored
      and resolved >= day_start and resolved < day_end`,
  }),
  ...Object.assign({}, ...rangeIds.map((id) => prefixed(`ranges.${id}`, range(id)))),
  ...prefixed('equity', equity(basis)),
  ...prefixed('exposure', {
    leftOut: "select count(*) from s where class = 'open' and cost is null",
    outsideEnvelope: "select count(*) from s where class = 'open' and gain is null",
  }),
  'largestWin.id': extreme('max', '> 0'),
  'largestLoss.id': extreme('min', '< 0'),
  validUntil: `select ${instant('min(at)')} from clock, bounds, lateral (
    select created as at from s union all select resolved from s union all select day_end) as changes
    where at > now and at <= day_end`,
  newestRowAt: `select ${instant('max(created)')} from s, clock where created <= now`,
});

const count = (predicate: string): string => `select count(*) from s where ${predicate}`;

const counts = {
  all: count('true'),
  rejected: count("class = 'rejected'"),
  failed: count("class = 'failed'"),
  executed: count('executed'),
  open: count("class = 'open'"),
  closed: count("class = 'closed'"),
  other: count("class = 'other'"),
  scored: count('scored'),
  unscored: count("class = 'closed' and not scored"),
  undated: count('scored and resolved is null'),
  future: 'select count(*) from s, clock where scored and resolved > now',
  anomalies: `select count(*) from s, clock where (class = 'open' and realized_pnl is not null)
    or (created is null and created_at is not null) or (resolved is null and resolved_at is not null)
    or resolved < created or created > now or resolved > now`,
  otherWithPnl: count("class = 'other' and realized_pnl is not null"),
  oddQuantities: count('executed and q is null'),
  oddFees: count('executed and fee is null'),
  oddEdges: count('executed and edge is null'),
  oddPrices: count("class = 'open' and p is null"),
};

const outcomes = (from: string, where: string): Record<string, string> => ({
  wins: `select count(*) from ${from} where ${where} and pnl > 0`,
  draws: `select count(*) from ${from} where ${where} and pnl = 0`,
  losses: `select count(*) from ${from} where ${where} and pnl < 0`,
});

/** Scored closes of `[from, to)`; `orUndated` lets in those that closed at no known time. */
function closes(from: string, to: string, orUndated: string): Record<string, string> {
  const within = `scored and ((resolved >= ${from} and resolved < ${to}) or ${orUndated})`;
  return {
    pnl: `select case when exists (select from s where scored)
      then ${number('coalesce(sum(pnl), 0)')} else 'none' end from s, bounds where ${within}`,
    closes: `select count(*) from s, bounds where ${within}`,
    ...outcomes('s, bounds', within),
  };
}

const dayBefore = (days: number): string =>
  `(select starts from days where d = (select d - ${days} from today))`;
const firstOf = (unit: 'month' | 'year'): string =>
  `(select starts from days where d = (select date_trunc('${unit}', d)::date from today))`;

const starts: Readonly<Record<Exclude<RangeId, 'all'>, string>> = {
  today: dayBefore(0),
  '7d': dayBefore(6),
  '30d': dayBefore(29),
  mtd: firstOf('month'),
  ytd: firstOf('year'),
};

function range(id: RangeId): Record<string, string> {
  const end = `select ${instant('day_end')} from bounds`;
  if (id === 'all') return { ...closes('day_start', 'day_end', 'true'), start: 'select null', end };
  return {
    ...closes(starts[id], 'day_end', 'false'),
    start: `select ${instant(starts[id])}`,
    end,
  };
}

const day = ({ tradingDay }: OracleBasis) => ({
  name: "select to_char(d, 'YYYY-MM-DD') from today",
  zone: `select ${literal(tradingDay.zone)}`,
  start: `select ${instant('day_start')} from bounds`,
  end: `select ${instant('day_end')} from bounds`,
});

/** Instants of one fall: its trough is the point `k` of the line. */
const fall = (trough: string): Record<string, string> => ({
  troughAt: `select ${instant('at')} from marks where k = ${trough}`,
  peakAt: `select ${instant('m.at')} from marks as m, (select * from marks where k = ${trough}) as t
    where m.k < t.k and m.equity = t.hwm order by m.k desc limit 1`,
  recoveredAt: `select ${instant('m.at')} from marks as m, (select * from marks where k = ${trough}) as t
    where m.k > t.k and m.equity >= t.hwm order by m.k limit 1`,
});

function equity({ bankroll }: OracleBasis): Record<string, string> {
  const deepest = (depth: string, where: string): string =>
    `(select k from marks where hwm > equity and ${where} order by ${depth} desc, k limit 1)`;
  const hasShare = bankroll === null ? 'false' : 'hwm > 0';
  const share = quotient('hwm - equity', 'nullif(hwm, 0)');
  return {
    'baseline.at': `select ${instant('at')} from line where k = 0`,
    'baseline.equity': `select ${number('equity')} from line where k = 0`,
    belowPeakSince: `select ${instant('m.at')} from marks as m, (select * from marks order by k desc limit 1) as l
      where l.equity < l.hwm and m.equity = l.hwm order by m.k desc limit 1`,
    ...prefixed('maxDrawdown', fall(deepest('hwm - equity', 'true'))),
    ...prefixed('maxDrawdownPct', fall(deepest(`round(${share}, 100)`, hasShare))),
  };
}

/** Any of the rows that share the extreme. */
const extreme = (which: 'max' | 'min', where: string): string =>
  `select 'any of ' || string_agg(coalesce(id::text, 'null'), ' ' order by id) from s
   where scored and pnl = (select ${which}(pnl) from s where scored and pnl ${where})`;
