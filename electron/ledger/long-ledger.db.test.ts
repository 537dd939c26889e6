import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualPlace } from '../../e2e/support/ledger-places.ts';
import { askOracle, oracleBasis } from '../../e2e/support/oracle.ts';
import { disagreements } from '../../e2e/support/situation.ts';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { type RangeId, rangeIds } from '../../shared/ranges.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';

const settings = {
  ...defaultSettings,
  tradingDay: { zone: 'America/New_York', rollHour: 17 },
};

let own: TestLedger;
let ledger: Ledger;

beforeAll(async () => {
  own = await startTestLedger();
  ledger = new Ledger(
    parseConnectionUrl(own.server.readerUrl),
    () => undefined,
    ledgerOptionsOf(settings),
  );
  // More closes than any chart has pixels, half of them today, and a few rows of each other class.
  await own.engine.query(`select setseed(0.5)`);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, strategy_id,
      market_id, venue, side, outcome, quantity, price, expected_edge, created_at, status, realized_pnl,
      resolved_at, risk_approved, risk_rejection_reason)
    select 'long-' || i, 'type-' || i % 4, 'strategy-' || i % 3, 'market-' || i % 30, 'venue-' || i % 3,
      'buy', 'YES', (random() * 50)::numeric(10, 2), (0.01 + random() * 0.98)::numeric(6, 4), 0.02,
      at - interval '1 hour' * random(), case when i % 10 = 0 then 'open' else 'closed' end,
      case when i % 10 > 0 and i % 50 <> 1 then (random() * 11 - 5)::numeric(10, 2) end,
      case when i % 10 > 0 then at end, i % 77 <> 0,
      case when i % 77 = 0 then 'Order of $' || i || '.50 is too large' when i % 78 = 0 then 'timed out' end
    from generate_series(1, 2000) as i, lateral (
      select now() - interval '1 day' * case when i % 2 = 0 then random() / 24 else random() * 400 end) as time(at)`);
});

afterAll(async () => {
  await ledger.close(2000);
  await own.close();
});

type Point = { readonly at: string; readonly equity: string; readonly highWaterMark: string };

/** First, last, lowest, highest and deepest point of a stretch. */
function landmarks(points: readonly Point[]): readonly (Point | undefined)[] {
  const most = (value: (point: Point) => number) =>
    points.reduce<Point | undefined>(
      (best, point) => (best === undefined || value(point) > value(best) ? point : best),
      undefined,
    );
  return [
    points[0],
    points.at(-1),
    most(({ equity }) => Number(equity)),
    most(({ equity }) => -Number(equity)),
    most(({ equity, highWaterMark }) => Number(highWaterMark) - Number(equity)),
  ];
}

test('a long ledger agrees in every figure, and its lines are thinned without losing an extreme', async () => {
  const reading = await ledger.read(8000);
  const { snapshot } = reading;
  const isThinned = (line: string) => /^(equity\.points|today\.path)/.test(line);
  const lines = await disagreements({ settings, place: usualPlace }, own, reading);
  expect(lines.filter((line) => !isThinned(line))).toEqual([]);

  const { lists } = await askOracle(
    own.engine,
    oracleBasis(settings, usualPlace.relation, snapshot.asOf),
  );
  const all = (lists['equity.points'] ?? []) as readonly Point[];
  const shown = snapshot.equity.points.map(([at, equity, highWaterMark]) => ({
    ...{ at, equity, highWaterMark },
  }));
  expect(all.length).toBeGreaterThan(1500);
  expect(shown.length).toBeLessThan(all.length);
  expect(all).toEqual(expect.arrayContaining(shown));
  expect(shown.map(({ at }) => at)).toEqual(shown.map(({ at }) => at).sort());
  for (const range of rangeIds) expect(shown).toEqual(expect.arrayContaining(wanted(range)));

  function wanted(range: RangeId) {
    const { start, end } = snapshot.ranges[range];
    const within = all.filter(({ at }) => at < end && (start === null || at >= start));
    const before = start === null ? undefined : all.findLast(({ at }) => at < start);
    return [...landmarks(within), before].filter((point) => point !== undefined);
  }
});

test('the path of a long day is thinned to what a sparkline shows, its last point kept', async () => {
  const { snapshot } = await ledger.read(8000);
  const { lists } = await askOracle(
    own.engine,
    oracleBasis(settings, usualPlace.relation, snapshot.asOf),
  );
  const all = lists['today.path'] ?? [];
  const { path, pnl } = snapshot.today;
  expect(all.length).toBeGreaterThan(240);
  expect(path.length).toBeLessThanOrEqual(240);
  expect(all).toEqual(expect.arrayContaining(path));
  expect(path.at(-1)?.pnl).toBe(pnl.value);
});
