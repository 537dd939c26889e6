import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualPlace } from '../../e2e/support/ledger-places.ts';
import { startOfDay } from '../../e2e/support/oracle-scope.ts';
import { randomSituation, type Situation } from '../../e2e/support/random-settings.ts';
import { bringAbout } from '../../e2e/support/situation.ts';
import { addDecimals, parseDecimal, printDecimal, zero } from '../../shared/decimal.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { Figure, Group, Snapshot } from '../../shared/snapshot.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { openTestedLedger, type TestedLedger } from './test-support/tested-ledger.ts';

let tested: TestedLedger;

beforeAll(async () => {
  tested = await openTestedLedger();
});

afterAll(() => tested.close());

const sum = (values: readonly (string | null)[]): string =>
  printDecimal(values.reduce((total, each) => addDecimals(total, parseDecimal(each ?? '0')), zero));

const amountOf = (figure: Figure): string => figure.value ?? '0';

const snapshotOf = async (situation: Situation): Promise<Snapshot> => {
  await bringAbout(situation, tested.own, tested.clock);
  tested.ledger.configure(ledgerOptionsOf(situation.settings));
  return (await tested.ledger.read(8000)).snapshot;
};

/** P&L of every trading day since 1 January up to a day, each day found by its own two borders. */
async function daysOfYear({ settings, place }: Situation, today: string) {
  const { tradingDay, pnlIsGross } = settings;
  const pnl = pnlIsGross ? 'realized_pnl - coalesce(fees, 0)' : 'realized_pnl';
  const { rows } = await tested.own.engine.query<{ name: string; pnl: string | null }>(
    `with days as materialized (
       select d::date as d, ${startOfDay('d::date', tradingDay)} as starts
       from generate_series(date_trunc('year', $1::date), $1::date + 1, '1 day') as d)
     select to_char(a.d, 'YYYY-MM-DD') as name, trim_scale((select sum(${pnl}) from ${place.relation}
       where resolved_at >= a.starts and resolved_at < b.starts and status in ('closed', 'resolved')
         and risk_approved is not false and risk_rejection_reason is null
         and (${pnl})::text not in ('NaN', 'Infinity', '-Infinity')))::text as pnl
     from days as a join days as b on b.d = a.d + 1 order by a.d`,
    [today],
  );
  return rows;
}

test('the month and the year are the sums of their days', async () => {
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      const { day, days, ranges, figures } = await snapshotOf(situation);
      const year = await daysOfYear(situation, day.name);
      const month = year.filter(({ name }) => name.startsWith(day.name.slice(0, 7)));
      for (const [range, figure, some] of [
        [ranges.ytd, figures['year-pnl'], year],
        [ranges.mtd, figures['month-pnl'], month],
      ] as const) {
        const total = sum(some.map(({ pnl }) => pnl));
        expect([amountOf(range.pnl), amountOf(figure)]).toEqual([total, total]);
      }
      for (const [range, count] of [
        [ranges.today, 1],
        [ranges['7d'], 7],
        [ranges['30d'], 30],
      ] as const) {
        expect(sum(days.slice(-count).map(({ pnl }) => pnl))).toBe(amountOf(range.pnl));
      }
    }),
    { numRuns: 40 },
  );
}, 90_000);

const adds = (groups: readonly Group[], snapshot: Snapshot): void => {
  const { counts, outcomes, figures } = snapshot;
  const count = (field: 'trades' | 'open' | 'scored' | 'wins' | 'draws' | 'losses'): number =>
    groups.reduce((total, group) => total + group[field], 0);
  expect(sum(groups.map(({ pnl }) => amountOf(pnl)))).toBe(amountOf(figures['all-time-pnl']));
  expect(sum(groups.map(({ exposure }) => amountOf(exposure)))).toBe(
    amountOf(figures['open-exposure']),
  );
  expect({ trades: count('trades'), open: count('open'), scored: count('scored') }).toEqual({
    ...{ trades: counts.executed, open: counts.open, scored: counts.scored },
  });
  expect({ wins: count('wins'), draws: count('draws'), losses: count('losses') }).toEqual(outcomes);
};

test('rows of each breakdown add up to the total, classes to all, outcomes to scored', async () => {
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      const snapshot = await snapshotOf(situation);
      const { counts, outcomes } = snapshot;
      adds(snapshot.byStrategy, snapshot);
      adds(snapshot.byOpportunityType, snapshot);
      const { rejected, failed, executed, open, closed, other } = counts;
      expect(rejected + failed + executed).toBe(counts.all);
      expect(open + closed + other).toBe(executed);
      expect(counts.scored + counts.unscored).toBe(closed);
      expect(outcomes.wins + outcomes.draws + outcomes.losses).toBe(counts.scored);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('rows by type add up to the total, also beyond twenty types', async () => {
  const settings = defaultSettings;
  await snapshotOf({ rows: [], settings, place: usualPlace, now: '2026-11-23T12:00:00.000Z' });
  await tested.own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, strategy_id,
      market_id, venue, side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select 'many-' || i, 'type-' || i % 90, 'strategy-' || i % 40, 'm', 'v', 'buy', 'YES', 1, 0.5, 0,
      'closed', i * 0.01 - 3, now()
    from generate_series(1, 900) as i`);
  const { snapshot } = await tested.ledger.read(8000);
  for (const groups of [snapshot.byStrategy, snapshot.byOpportunityType]) {
    expect(groups).toHaveLength(21);
    expect(groups.at(-1)?.group.kind).toBe('rest');
    adds(groups, snapshot);
  }
});

test('names that are equal as far as they are shown remain groups of their own', async () => {
  await tested.own.engine.query('delete from paper_trades');
  await tested.own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, strategy_id,
      market_id, venue, side, outcome, quantity, price, expected_edge)
    select 'long-' || i, repeat('t', 300) || i % 2, repeat('s', 300) || i % 2,
      repeat('m', 300) || i % 2, 'v', 'buy', 'YES', i, 0.5, 0
    from generate_series(1, 5) as i`);
  const { byStrategy, byOpportunityType, exposure } = (await tested.ledger.read(8000)).snapshot;
  expect(byStrategy.map(({ trades }) => trades)).toEqual([3, 2]);
  expect(byOpportunityType.map(({ trades }) => trades)).toEqual([3, 2]);
  expect(exposure.markets.map(({ cost }) => cost)).toEqual(['9', '6']);
});
