import { instant, number, type OracleBasis, quotient, ratio, startOfDay } from './oracle-scope.ts';

/**
 * One statement a list of the snapshot: a JSON array of objects of texts, in the list's order. An
 * object with a `key` stands in a list whose order may be broken by ties; it is found by that key.
 */
export const listStatements = (basis: OracleBasis): Readonly<Record<string, string>> => ({
  days: days(basis),
  'today.path': path,
  'equity.points': array(
    { at: instant('at'), equity: number('equity'), highWaterMark: number('hwm') },
    'marks where k > 0',
    'k',
  ),
  limits: limits(basis),
  byStrategy: groups('strategy_id'),
  byOpportunityType: groups('opportunity_type'),
  'exposure.markets': `${exposure('market_id')} limit 10) as shown`,
  'exposure.venues': `${exposure('venue')}) as shown`,
  openTrades: trades("class = 'open' and created is not null", 'created_at'),
  recentCloses: trades("class = 'closed' and resolved is not null", 'resolved_at'),
  rejections: reasons('rejected'),
  failures: reasons('failed'),
});

type Fields = Readonly<Record<string, string>>;

const object = (fields: Fields): string =>
  `json_build_object(${Object.entries(fields)
    .map(([name, value]) => `'${name}', (${value})::text`)
    .join(', ')})`;

const array = (fields: Fields, from: string, order: string): string =>
  `select coalesce(json_agg(${object(fields)} order by ${order}), '[]') from ${from}`;

const days = ({ tradingDay }: OracleBasis): string =>
  array(
    {
      name: "to_char(d, 'YYYY-MM-DD')",
      pnl: `select ${number('coalesce(sum(pnl), 0)')} from dated where resolved >= starts and resolved < ends`,
      closes: 'select count(*) from dated where resolved >= starts and resolved < ends',
    },
    `(select days.d, starts, ${startOfDay('days.d + 1', tradingDay)} as ends
      from days, today where days.d between today.d - 29 and today.d) as shown`,
    'd',
  );

const path = array(
  {
    at: instant('at'),
    pnl: `select ${number('sum(b.pnl)')} from steps as b, bounds where b.at >= day_start and b.at <= shown.at`,
  },
  '(select at from steps, bounds where at >= day_start and at < day_end) as shown',
  'at',
);

/** A group that the ledger gives no name is keyed apart from one that is named so. */
const keyOf = (name: string): string => `coalesce('named ' || left(${name}, 200), 'none')`;

function groups(column: string): string {
  const count = (predicate: string): string => `count(*) filter (where ${predicate})`;
  const scored = count('scored');
  const sums = 'filter (where scored)';
  const squares = `sum((pnl - (select ${quotient('sum(b.pnl)', 'count(*)')} from s as b
    where b.scored and b.${column} is not distinct from shown.${column})) ^ 2) ${sums}`;
  const promised = 'sum(q * edge) filter (where scored)';
  const fields = {
    key: keyOf(column),
    trades: 'count(*)',
    open: count("class = 'open'"),
    exposure: `case when ${count("class = 'open'")} > 0 and count(cost) = 0 then 'not-computable'
      else ${number('coalesce(sum(cost), 0)')} end`,
    scored,
    wins: count('scored and pnl > 0'),
    draws: count('scored and pnl = 0'),
    losses: count('scored and pnl < 0'),
    pnl: `case when ${scored} > 0 then ${number(`sum(pnl) ${sums}`)} else 'none' end`,
    expectancy: `case when ${scored} > 0 then ${ratio(`sum(pnl) ${sums}`, scored)} else 'none' end`,
    'expectancy.n': `nullif(${scored}, 0)`,
    'expectancy.plusMinus': `case when ${scored} > 1 then ${number(
      `round(sqrt(${quotient(squares, `((${scored} - 1) * ${scored})`)}), 15)`,
    )} end`,
    edgeCapture: `case when coalesce(${promised}, 0) <= 0 then 'not-computable'
      else ${ratio('sum(pnl) filter (where scored and q * edge is not null)', promised)} end`,
  };
  return `select coalesce(json_agg(shown), '[]') from (
    select ${object(fields)} as shown from s as shown where executed group by ${column}) as shown`;
}

/** Open trades whose cost can be said, dearest group first; the caller cuts the list off. */
const exposure = (column: string): string =>
  `select coalesce(json_agg(shown), '[]') from (
    select ${object({
      name: keyOf(column),
      trades: 'count(*)',
      cost: number('sum(cost)'),
    })} as shown from s where cost is not null group by ${column} order by sum(cost) desc, ${column}`;

const shownTrades = 60;

function trades(where: string, order: string): string {
  const fields = {
    id: 'id',
    rowClass: "case when scored then 'scored' when class = 'closed' then 'unscored' else class end",
    createdAt: instant('created'),
    resolvedAt: instant('resolved'),
    venue: text('venue'),
    marketId: text('market_id'),
    side: text('side'),
    outcome: text('outcome'),
    opportunityType: text('opportunity_type'),
    strategy: 'left(strategy_id, 200)',
    status: text('status'),
    quantity: number('q'),
    price: number('shown_price'),
    expectedEdge: number('edge'),
    pnl: number('pnl'),
    reason: 'left(risk_rejection_reason, 200)',
  };
  return `select coalesce(json_agg(shown), '[]') from (select ${object(fields)} as shown from s
    where ${where} order by ${order} desc nulls last, id desc limit ${shownTrades}) as shown`;
}

const text = (column: string): string => `coalesce(left(${column}, 200), '')`;

const reasons = (name: 'rejected' | 'failed'): string => `
  select coalesce(json_agg(json_build_object('key', reason, 'count', count::text)), '[]') from (
    select regexp_replace(coalesce(nullif(risk_rejection_reason, ''), 'no reason given'),
      '\\d([\\d.,]*\\d)?', '#', 'g') as reason, count(*) as count
    from s where class = '${name}' group by 1) as shown`;

/** The largest of `cost` by a column, and whose it is; nothing open uses nothing. */
const dearest = (column: string): readonly [used: string, subject: string] => [
  `select coalesce(max(cost), 0) from (select sum(cost) as cost from s
    where cost is not null group by ${column}) as shown`,
  `select left(${column}, 200) from s where cost is not null group by ${column}
    order by sum(cost) desc, ${column} limit 1`,
];

function limits({ bankroll, limits: shares }: OracleBasis): string {
  const money = bankroll === null ? null : `${bankroll}::numeric`;
  const dayPnl = `(select coalesce(sum(pnl), 0) from dated, bounds where resolved >= day_start and resolved < day_end)`;
  const hwm = `coalesce((select max(hwm) from marks), ${bankroll ?? '0'})`;
  const now = `coalesce((select equity from marks order by k desc limit 1), ${bankroll ?? '0'})`;
  const averageLoss = '(select abs(avg(pnl)) from s where scored and pnl < 0)';
  const lines: Fields[] = [];
  const add = (kind: string, share: string | null, of: string | null, fields: Fields): void => {
    if (share === null) return;
    const limit = of === null ? null : `${share} * ${of}`;
    const {
      used = '0',
      left = `${limit} - (${used})`,
      breached = 'null',
      subject = 'null',
    } = fields;
    lines.push({
      ...{ key: `'${kind}'`, share: `'${share}'`, subject },
      used: number(`(${used})::numeric`),
      limit: limit === null ? "'not-computable'" : number(limit),
      left: limit === null ? "'not-computable'" : number(left),
      breachedByAverageLoss: limit === null ? 'null' : breached,
    });
  };
  add('daily-loss', shares.dailyLoss, money, {
    used: `greatest(0, -${dayPnl})`,
    left: `${shares.dailyLoss} * ${money} + ${dayPnl}`,
    breached: `${shares.dailyLoss} * ${money} + ${dayPnl} - ${averageLoss} < 0`,
  });
  add('drawdown', shares.drawdown, money === null ? null : hwm, {
    used: `${hwm} - ${now}`,
    breached: `${hwm} - ${now} + ${averageLoss} > ${shares.drawdown} * ${hwm}`,
  });
  for (const [kind, share, column] of [
    ['venue', shares.venue, 'venue'],
    ['market', shares.market, 'market_id'],
  ] as const) {
    const [used, subject] = dearest(column);
    add(kind, share, money, { used, subject });
  }
  return `select json_build_array(${lines.map(object).join(', ')})`;
}
