import { number, type OracleBasis, quotient, ratio } from './oracle-scope.ts';

/**
 * One statement a figure, each yielding the text of the number, or how it reads when there is none:
 * `none` (`—`), `not-computable` (`n/a`), `infinite` (`∞`). What follows a name after a dot goes with
 * its figure: how many rows it rests on, its error, its interval.
 */
export const figureStatements = (basis: OracleBasis): Readonly<Record<string, string>> =>
  prefixed('figures', {
    ...pnlFigures(basis),
    ...equityFigures(basis),
    ...outcomeFigures,
    ...runFigures,
    ...amountFigures,
    ...openFigures,
    ...rateFigures,
  });

/** The same statements under `prefix.name`. */
export const prefixed = (
  prefix: string,
  statements: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(statements).map(([name, text]) => [`${prefix}.${name}`, text]));

const everScored = 'exists (select from s where scored)';

/** A number once anything was ever scored, `none` before. */
const onceScored = (value: string): string =>
  `select case when ${everScored} then ${number(value)} else 'none' end`;

/** What stands in the place of a P&L when nothing was ever scored. */
const whyNothing = `select case when not ${everScored}
  then 'no realized P&L yet · ' || (select count(*) from s where class = 'open') || ' open' end`;

const closedBetween = (from: string, to: string): string =>
  `coalesce((select sum(pnl) from dated, bounds where resolved >= ${from} and resolved < ${to}), 0)`;

const dayPnl = closedBetween('day_start', 'day_end');

const dayPeak = `greatest(0, (select max(so_far) from (
  select (select sum(b.pnl) from dated as b where b.resolved >= day_start and b.resolved <= a.resolved) as so_far
  from dated as a, bounds where a.resolved >= day_start and a.resolved < day_end) as path))`;

const firstOf = (unit: 'month' | 'year'): string =>
  `(select starts from days where d = (select date_trunc('${unit}', d)::date from today))`;

const pnlFigures = ({ bankroll }: OracleBasis) => ({
  'day-pnl': onceScored(dayPnl),
  'day-return': `select case when not ${everScored} then 'none'
    else ${bankroll === null ? "'not-computable'" : ratio(dayPnl, bankroll)} end`,
  'day-peak': onceScored(dayPeak),
  'day-give-back': onceScored(`${dayPeak} - ${dayPnl}`),
  'month-pnl': onceScored(closedBetween(firstOf('month'), 'day_end')),
  'year-pnl': onceScored(closedBetween(firstOf('year'), 'day_end')),
  'all-time-pnl': onceScored('(select sum(pnl) from s where scored)'),
  'day-pnl.reason': whyNothing,
  'all-time-pnl.reason': whyNothing,
  'unrealized-pnl': "select 'not-computable'",
});

/** Of the last point: the line may have none at all, then the bankroll stands in. */
const last = (value: string, bankroll: string | null): string =>
  `coalesce((select ${value} from marks order by k desc limit 1), ${bankroll ?? '0'})`;

const deepest = `coalesce((select max(hwm - equity) from marks), 0)`;

const equityFigures = ({ bankroll }: OracleBasis) => {
  const noShare = bankroll === null ? 'true' : `${last('hwm', bankroll)} <= 0`;
  const share = (value: string): string =>
    `select case when ${noShare} then 'not-computable' else ${value} end`;
  return {
    equity: `select ${number(last('equity', bankroll))}`,
    'high-water-mark': `select ${number(last('hwm', bankroll))}`,
    'current-drawdown': `select ${number(`${last('hwm', bankroll)} - ${last('equity', bankroll)}`)}`,
    'current-drawdown-pct': share(
      ratio(`${last('hwm', bankroll)} - ${last('equity', bankroll)}`, last('hwm', bankroll)),
    ),
    'max-drawdown': `select ${number(deepest)}`,
    'max-drawdown-pct': share(
      number(`round(coalesce((select max(${quotient('hwm - equity', 'hwm')}) from marks), 0), 15)`),
    ),
  };
};

const wins = '(select count(*)::numeric from s where scored and pnl > 0)';
const losses = '(select count(*)::numeric from s where scored and pnl < 0)';
const decided = `(${wins} + ${losses})`;
const won = '(select sum(pnl) from s where scored and pnl > 0)';
const lost = '(select -sum(pnl) from s where scored and pnl < 0)';

// Normal quantile of 97.5 %.
const z = '1.959963984540054';

/** Bound of the Wilson score interval: the centre, and `sign` times the half width. */
const wilson = (sign: '+' | '-'): string => {
  const centre = `${quotient('w', 'n')} + ${quotient(`${z} * ${z}`, '2 * n')}`;
  const under = `${quotient('w * (n - w)', 'n * n * n')} + ${quotient(`${z} * ${z}`, '4 * n * n')}`;
  const bound = quotient(
    `${centre} ${sign} ${z} * sqrt(${under})`,
    `1 + ${quotient(`${z} * ${z}`, 'n')}`,
  );
  return `select case when n > 0 then ${number(`round(${bound}, 15)`)} end
    from (select ${wins} as w, ${decided} as n) as outcomes`;
};

const scoredRows = '(select count(*)::numeric from s where scored)';

/** Sample standard deviation (n − 1) over √n, written out: sqrt(Σ(x − mean)² / ((n − 1)·n)). */
function standardError(): string {
  const mean = `(select ${quotient('sum(pnl)', 'count(*)')} from s where scored)`;
  const squares = `(select sum((pnl - ${mean}) ^ 2) from s where scored)`;
  return number(`round(sqrt(${quotient(squares, `(${scoredRows} - 1) * ${scoredRows}`)}), 15)`);
}

const outcomeFigures = {
  'win-rate': `select case when ${decided} > 0 then ${ratio(wins, decided)} else 'none' end`,
  'win-rate.n': `select case when ${decided} > 0 then ${decided}::text end`,
  'win-rate.low': wilson('-'),
  'win-rate.high': wilson('+'),
  'profit-factor': `select case when ${losses} > 0 then ${ratio(`coalesce(${won}, 0)`, lost)}
    when ${wins} > 0 then 'infinite' else 'none' end`,
  expectancy: `select case when ${scoredRows} > 0 then ${ratio('sum(pnl)', 'count(*)')} else 'none' end
    from s where scored`,
  'expectancy.n': `select nullif(${scoredRows}, 0)::text`,
  'expectancy.plusMinus': `select case when ${scoredRows} > 1 then ${standardError()} end`,
  'payoff-ratio': `select case when ${wins} > 0 and ${losses} > 0
    then ${ratio(quotient(won, wins), quotient(lost, losses))} else 'none' end`,
  'average-win': `select case when ${wins} > 0 then ${ratio(won, wins)} else 'none' end`,
  'average-loss': `select case when ${losses} > 0 then ${ratio(`-${lost}`, losses)} else 'none' end`,
  'largest-win': `select coalesce((select ${number('max(pnl)')} from s where scored and pnl > 0), 'none')`,
  'largest-loss': `select coalesce((select ${number('min(pnl)')} from s where scored and pnl < 0), 'none')`,
};

/** Rows that count for a streak, each with the number of the run of equal signs that it is in. */
const runs = `(select sign, count(*) as length, max(position) as ends from (
  select sign(pnl) as sign, row_number() over (order by resolved, id) as position,
    row_number() over (order by resolved, id)
      - row_number() over (partition by sign(pnl) order by resolved, id) as run
  from dated where pnl <> 0) as decided group by sign, run) as runs`;

/** Seconds from opening to close, each with its rank. */
const holds = `(select seconds, row_number() over (order by seconds) as rank, count(*) over () as n from (
  select extract(epoch from resolved) - extract(epoch from created) as seconds from dated
  where resolved >= created) as held) as holds`;

const runFigures = {
  'current-streak': `select coalesce((select (sign * length)::text from ${runs} order by ends desc limit 1), 'none')`,
  'worst-streak': `select case when exists (select from dated where pnl <> 0)
    then coalesce((select (-max(length))::text from ${runs} where sign < 0), '0') else 'none' end`,
  'hold-mean': `select coalesce(${ratio('sum(seconds)', 'nullif(count(*), 0)')}, 'none') from ${holds}`,
  'hold-median': `select coalesce(${number('round(avg(seconds), 15)')}, 'none') from ${holds}
    where rank in ((n + 1) / 2, (n + 2) / 2)`,
};

const amountFigures = {
  fees: `select ${number('coalesce(sum(fee), 0)')} from s where executed`,
  turnover: `select ${number('coalesce(sum(q), 0)')} from s where executed`,
  'return-on-stake': `select case when sum(q) <> 0 then ${ratio('sum(pnl)', 'sum(q)')} else 'none' end
    from s where scored and q is not null`,
};

/** What a market is worth at its end if it ends YES, or if it ends NO. */
const markets = `(select
    sum(case when wins_with_yes then gain else -risk end) as yes,
    sum(case when not wins_with_yes then gain else -risk end) as no
  from s where gain is not null and wins_with_yes is not null group by market_id) as markets`;

const elsewhere = (value: string): string =>
  `(select coalesce(sum(${value}), 0) from s where gain is not null and wins_with_yes is null)`;

const openFigures = {
  'open-exposure': `select ${number('coalesce(sum(cost), 0)')} from s`,
  'worst-case': `select ${number(`round(coalesce(sum(least(yes, no)), 0) + ${elsewhere('-risk')}, 12)`)} from ${markets}`,
  'best-case': `select ${number(`round(coalesce(sum(greatest(yes, no)), 0) + ${elsewhere('gain')}, 12)`)} from ${markets}`,
  'promised-pnl': `select ${number('coalesce(sum(q * edge), 0)')} from s where class = 'open'`,
};

const rowsOf = (predicate: string): string =>
  `(select count(*)::numeric from s where ${predicate})`;
const tried = rowsOf("executed or class = 'failed'");

const rateFigures = {
  'rejection-rate': `select case when ${rowsOf('true')} > 0
    then ${ratio(rowsOf("class = 'rejected'"), rowsOf('true'))} else 'none' end`,
  'rejection-rate.n': `select case when ${rowsOf('true')} > 0 then ${rowsOf('true')}::text end`,
  'failure-rate': `select case when ${tried} > 0
    then ${ratio(rowsOf("class = 'failed'"), tried)} else 'none' end`,
  'failure-rate.n': `select case when ${tried} > 0 then ${tried}::text end`,
};
