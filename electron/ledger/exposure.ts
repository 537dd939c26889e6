import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import {
  canonicalDecimal,
  type Decimal,
  parseDecimal,
  roundDecimal,
} from '../../shared/decimal.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { finite } from './row-classes.ts';
import type { Scope } from './scope.ts';

const namesShown = 10;
/** Alerts look at more names than a screen shows. */
const namesAsked = 200;
const envelopeDecimals = 12;

const count = z.pipe(z.coerce.number(), z.int());

const groupSchema = z.object({
  name: z.nullable(z.string()),
  /** Trades whose cost can be said. */
  trades: count,
  cost: z.string(),
  total_cost: z.string(),
  left_out: count,
  outside_envelope: count,
  worst: z.string(),
  best: z.string(),
});

/** What the open trades can cost and yield. */
export interface OpenRisk {
  readonly exposure: Snapshot['exposure'];
  /** The 200 costliest markets and venues, of which the exposure above shows the first. */
  readonly all: Pick<Snapshot['exposure'], 'markets' | 'venues'>;
  readonly cost: Decimal;
  /** Bounds of what the open trades add up to, by market. */
  readonly worst: Decimal;
  readonly best: Decimal;
}

/**
 * Exposure and resolution envelope of the open trades, as `ledger.md` defines them; `open` finds them.
 */
export async function readOpenRisk(scope: Scope, open: SQL): Promise<OpenRisk> {
  const markets = await readGroups(scope, scope.t.marketId, open);
  const venues = await readGroups(scope, scope.t.venue, open);
  const all = markets[0];
  const bound = (text: string | undefined): Decimal =>
    roundDecimal(parseDecimal(text ?? '0'), envelopeDecimals);
  const known = {
    markets: markets.filter(isKnown).map(exposureOf),
    venues: venues.filter(isKnown).map(exposureOf),
  };
  return {
    all: known,
    exposure: {
      markets: known.markets.slice(0, namesShown),
      venues: known.venues.slice(0, namesShown),
      leftOut: all?.left_out ?? 0,
      outsideEnvelope: all?.outside_envelope ?? 0,
    },
    cost: parseDecimal(all?.total_cost ?? '0'),
    worst: bound(all?.worst),
    best: bound(all?.best),
  };
}

type GroupRow = z.infer<typeof groupSchema>;

/** A group whose cost cannot be said is no exposure; its row carries the totals all the same. */
const isKnown = ({ trades }: GroupRow): boolean => trades > 0;

const exposureOf = ({ name, trades, cost }: GroupRow): Snapshot['exposure']['venues'][number] => ({
  group: name === null ? { kind: 'none' } : { kind: 'named', name },
  trades,
  cost: canonicalDecimal(cost),
});

/** The costliest groups; each row carries the totals over all of them. */
async function readGroups(
  scope: Scope,
  by: Scope['t']['marketId' | 'venue'],
  open: SQL,
): Promise<GroupRow[]> {
  const { rows } = await scope.db.execute(sql`
    with risks as (${risksOf(scope, by, open)}),
    groups as (
      select name, count(cost) as trades, coalesce(sum(cost), 0) as cost,
             count(*) filter (where cost is null) as left_out,
             count(*) filter (where gain is null) as outside_envelope,
             coalesce(sum(case when wins_on_yes then gain when wins_on_no then -lost end), 0) as if_yes,
             coalesce(sum(case when wins_on_no then gain when wins_on_yes then -lost end), 0) as if_no,
             coalesce(sum(-lost) filter (where wins_elsewhere), 0) as elsewhere_worst,
             coalesce(sum(gain) filter (where wins_elsewhere), 0) as elsewhere_best
      from risks group by name)
    select left(name, 200) as name, trades, cost, sum(cost) over () as total_cost,
           sum(left_out) over () as left_out, sum(outside_envelope) over () as outside_envelope,
           sum(least(if_yes, if_no) + elsewhere_worst) over () as worst,
           sum(greatest(if_yes, if_no) + elsewhere_best) over () as best
    from groups order by trades = 0, groups.cost desc, groups.name collate "C" limit ${namesAsked}`);
  return z.array(groupSchema).parse(rows);
}

/** What a trade costs and can lose as `ledger.md` defines it; null where that cannot be said. */
export function costOf({ t, is, options }: Pick<Scope, 't' | 'is' | 'options'>): SQL {
  const [q, p] = [sql`${t.quantity}::numeric`, sql`${t.price}::numeric`];
  if (options.quantityUnit === 'dollars') return sql`case when ${finite(q)} then ${q} end`;
  const stake = sql`case ${t.side} when 'buy' then ${q} * ${p} when 'sell' then ${q} * (1 - ${p}) end`;
  return sql`case when ${finite(q)} and ${is.priceInside} then ${stake} end`;
}

/** Cost of each open trade, and where price, quantity and side allow what it can gain and lose. */
function risksOf(scope: Scope, by: Scope['t']['marketId' | 'venue'], open: SQL): SQL {
  const { t, is, options } = scope;
  const [q, p] = [sql`${t.quantity}::numeric`, sql`${t.price}::numeric`];
  const isBuy = sql`${t.side} = 'buy'`;
  const isSell = sql`${t.side} = 'sell'`;
  // Thirty zeros behind the point make the division as exact; it would else stop at 16 digits.
  const exact = sql`0.000000000000000000000000000000`;
  const cost = costOf(scope);
  const gain =
    options.quantityUnit === 'contracts'
      ? sql`case when ${isBuy} then ${q} * (1 - ${p}) when ${isSell} then ${q} * ${p} end`
      : sql`case when ${isBuy} then (${q} * (1 - ${p}) + ${exact}) / ${p}
                 when ${isSell} then (${q} * ${p} + ${exact}) / (1 - ${p}) end`;
  const isBounded = sql`(${finite(q)} and ${is.priceInside} and (${isBuy} or ${isSell}))`;
  const [yes, no] = [sql`${t.outcome} = 'YES'`, sql`${t.outcome} = 'NO'`];
  return sql`
    select ${by} as name, ${cost} as cost,
           case when ${isBounded} then ${gain} end as gain,
           case when ${isBounded} then ${cost} end as lost,
           (${yes} and ${isBuy}) or (${no} and ${isSell}) as wins_on_yes,
           (${no} and ${isBuy}) or (${yes} and ${isSell}) as wins_on_no,
           not coalesce(${yes} or ${no}, false) as wins_elsewhere
    from ${t} where ${open}`;
}
