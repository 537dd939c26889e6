import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualPlace } from '../../e2e/support/ledger-places.ts';
import { askOracle, oracleBasis } from '../../e2e/support/oracle.ts';
import { fillLedger } from '../../e2e/support/random-ledger.ts';
import { randomSituation } from '../../e2e/support/random-settings.ts';
import { bringAbout, disagreements } from '../../e2e/support/situation.ts';
import { figureIds } from '../../shared/metrics.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { openTestedLedger, type TestedLedger } from './test-support/tested-ledger.ts';

let tested: TestedLedger;

beforeAll(async () => {
  tested = await openTestedLedger();
});

afterAll(() => tested.close());

test('every figure equals independent SQL, on random ledgers under random settings', async () => {
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      await bringAbout(situation, tested.own, tested.clock);
      tested.ledger.configure(ledgerOptionsOf(situation.settings));
      const reading = await tested.ledger.read(8000);
      const { asOf, basis } = reading.snapshot;
      expect(Date.parse(asOf)).toBe(Date.parse(situation.now));
      expect(situation.settings).toMatchObject(basis);
      expect(await disagreements(situation, tested.own, reading)).toEqual([]);
    }),
    { numRuns: 250, interruptAfterTimeLimit: 170_000, markInterruptAsFailure: true },
  );
}, 200_000);

test('without a loss the profit factor is infinite and says why', async () => {
  await fillLedger(tested.own.engine, []);
  await tested.own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl)
    values ('one', 'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', 3)`);
  tested.ledger.configure(ledgerOptionsOf(defaultSettings));
  const { 'profit-factor': profitFactor } = (await tested.ledger.read(8000)).snapshot.figures;
  expect(profitFactor).toEqual({ kind: 'infinite', value: null, reason: 'no losses' });
});

test.each([
  ['-5', false],
  ['-5.01', true],
])(
  'what is left of a limit, 5, against an average loss of %s: breached %s',
  async (pnl, breached) => {
    await tested.clock.fixAt('2026-11-23T12:00:00Z');
    await fillLedger(tested.own.engine, []);
    await tested.own.engine.query(
      `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome, quantity,
       price, expected_edge, status, realized_pnl, resolved_at)
     select pnl, 'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', pnl::numeric, at::timestamptz
     from (values ($1, '2026-11-20'), ('10', '2026-11-21')) as closes(pnl, at)`,
      [pnl],
    );
    const limits = { ...defaultSettings.limits, dailyLoss: '0.01', drawdown: '0.01' };
    const settings = { ...defaultSettings, limits, bankroll: '500' };
    tested.ledger.configure(ledgerOptionsOf(settings));
    const reading = await tested.ledger.read(8000);
    expect(reading.snapshot.limits[0]?.breachedByAverageLoss).toBe(breached);
    expect(await disagreements({ settings, place: usualPlace }, tested.own, reading)).toEqual([]);
  },
);

test('the oracle has a statement of its own for every figure', async () => {
  const { values } = await askOracle(tested.own.engine, oracleBasis(defaultSettings));
  expect(Object.keys(values)).toEqual(
    expect.arrayContaining(figureIds.map((id) => `figures.${id}`)),
  );
});
