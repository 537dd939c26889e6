import type { Settings } from '../../shared/settings.ts';

/** What the oracle's figures rest on: its own reading of `ledger.md`, shared with nothing of the product. */
export interface OracleBasis {
  /** The relation as SQL writes it, quoted where it must be. */
  readonly relation: string;
  /** Instant that counts as now, as SQL: a literal, or a call of the database's clock. */
  readonly now: string;
  readonly bankroll: string | null;
  readonly tradingDay: Settings['tradingDay'];
  readonly quantityUnit: Settings['quantityUnit'];
  readonly pnlIsGross: boolean;
  readonly limits: Settings['limits'];
}

// A quotient of numerics has as many places as its operands at least: this is how many are wanted.
const places = `1.${'0'.repeat(120)}`;

/** A quotient with more places than any rounding below looks at. */
export const quotient = (a: string, b: string): string => `((${a}) * ${places} / (${b}))`;

/** A number as the contract writes it: half away from zero, trailing zeros trimmed. */
export const number = (value: string): string => `trim_scale(${value})::text`;

/** A ratio or a mean: fifteen places. */
export const ratio = (a: string, b: string): string => number(`round(${quotient(a, b)}, 15)`);

/** An instant as the contract writes it: 44 BC is -000043, and 1 BC, a zero that bears no sign, 000000. */
export const instant = (at: string): string => {
  const year = `extract(year from ${at} at time zone 'UTC')`;
  return `(case when ${year} = -1 then '000000' when ${year} < 0 then '-' || lpad((-1 - ${year})::text, 6, '0')
    when ${year} < 10000 then lpad(${year}::text, 4, '0') else ${year}::text end
    || to_char(${at} at time zone 'UTC', '-MM-DD"T"HH24:MI:SS.US"Z"'))`;
};

/** Text in SQL: the names of settings are the test's own, yet a quote in one must not end it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const odd = (column: string): string => `${column}::text in ('NaN', 'Infinity', '-Infinity')`;
const finite = (column: string): string => `case when not ${odd(column)} then ${column} end`;
const dated = (column: string): string =>
  `case when ${column}::text not in ('infinity', '-infinity') then ${column} end`;

/**
 * First instant of a trading day by its definition: the earliest at which the zone's clock shows the
 * roll hour of that date or later. Zones stand at multiples of a quarter of an hour.
 */
export const startOfDay = (
  date: string,
  { zone, rollHour }: OracleBasis['tradingDay'],
): string => `(
  select min(t) from generate_series((${date})::timestamp at time zone 'UTC' - interval '26 hours',
    (${date})::timestamp at time zone 'UTC' + interval '50 hours', interval '15 minutes') as t
  where t at time zone ${literal(zone)} >= (${date})::timestamp + interval '${rollHour} hours')`;

/** Rows with their class and their numbers; what is not finite, or infinite in time, reads as null. */
const rows = ({ relation, pnlIsGross }: OracleBasis): string => `
  r as materialized (
    select *, ${pnlIsGross ? 'realized_pnl - coalesce(fees, 0)' : 'realized_pnl'} as any_pnl,
      case when risk_approved is false then 'rejected'
           when risk_rejection_reason is not null then 'failed'
           when status = 'open' then 'open'
           when status = 'closed' or status = 'resolved' then 'closed'
           else 'other' end as class
    from ${relation}),
  n as materialized (
    select *, class not in ('rejected', 'failed') as executed,
      coalesce(class = 'closed' and not ${odd('any_pnl')}, false) as scored,
      ${finite('any_pnl')} as pnl, ${finite('quantity')} as q, ${finite('expected_edge')} as edge,
      ${finite('coalesce(fees, 0)')} as fee, ${finite('price')} as shown_price,
      case when price > 0 and price < 1 then price end as p,
      ${dated('created_at')} as created, ${dated('resolved_at')} as resolved
    from r)`;

/** Costs and gains of open trades; `sure` trades count towards the envelope. */
const stakes = ({ quantityUnit }: OracleBasis): string => {
  const [cost, risk, gain] =
    quantityUnit === 'dollars'
      ? [
          'q',
          'q',
          `case side when 'buy' then ${quotient('q * (1 - p)', 'p')} when 'sell' then ${quotient('q * p', '1 - p')} end`,
        ]
      : [
          "case side when 'buy' then q * p when 'sell' then q * (1 - p) end",
          "case side when 'buy' then q * p when 'sell' then q * (1 - p) end",
          "case side when 'buy' then q * (1 - p) when 'sell' then q * p end",
        ];
  return `
  s as materialized (
    select *, case when class = 'open' then ${cost} end as cost,
      case when class = 'open' and p is not null and q is not null and side in ('buy', 'sell') then ${risk} end as risk,
      case when class = 'open' and p is not null and q is not null and side in ('buy', 'sell') then ${gain} end as gain,
      case when outcome not in ('YES', 'NO') then null
           else (side = 'buy') = (outcome = 'YES') end as wins_with_yes
    from n)`;
};

/** Today, and the first instants of the days that figures ask for. */
const calendar = ({ now, tradingDay }: OracleBasis): string => `
  clock as materialized (select ${now} as now),
  today as materialized (
    select max(d) as d from clock, lateral (
      select (now at time zone 'UTC')::date + i as d from generate_series(-2, 2) as i) as near
    where ${startOfDay('d', tradingDay)} <= now),
  names as (
    select d - 29 + i as d from today, generate_series(0, 30) as i
    union select date_trunc('month', d)::date from today
    union select date_trunc('year', d)::date from today),
  days as materialized (select d, ${startOfDay('d', tradingDay)} as starts from names),
  bounds as materialized (
    select (select starts from days where d = today.d) as day_start,
      (select starts from days where d = today.d + 1) as day_end from today)`;

/** Dated closes merged by instant, and the equity line with its high-water mark. */
const line = ({ bankroll }: OracleBasis): string => `
  dated as materialized (select * from s where scored and resolved is not null),
  steps as materialized (select resolved as at, sum(pnl) as pnl from dated group by resolved),
  line as materialized (
    select 0::bigint as k, start.at, ${bankroll ?? '0'}::numeric as equity
    from (select least((select min(created) from s where executed), (select min(at) from steps)) as at) as start
    where start.at is not null
    union all
    select row_number() over (order by at), at,
      ${bankroll ?? '0'}::numeric + (select sum(b.pnl) from steps as b where b.at <= steps.at)
    from steps),
  marks as materialized (
    select k, at, equity, (select max(b.equity) from line as b where b.k <= line.k) as hwm from line)`;

/** Everything that the statements of the oracle select from. */
export const scopeOf = (basis: OracleBasis): string =>
  `with ${[rows, stakes, calendar, line].map((part) => part(basis)).join(',')}`;
