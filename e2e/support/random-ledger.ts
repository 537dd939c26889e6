import fc from 'fast-check';
import type { ClientBase } from 'pg';

/** One row of paper_trades as text, the way that an INSERT takes it. */
export interface LedgerRow {
  readonly created_at: string;
  readonly resolved_at: string | null;
  readonly opportunity_type: string;
  readonly market_id: string;
  readonly venue: string;
  readonly side: string;
  readonly outcome: string;
  readonly quantity: string;
  readonly price: string;
  readonly fees: string;
  readonly strategy_id: string | null;
  readonly risk_approved: boolean;
  readonly risk_rejection_reason: string | null;
  readonly status: string;
  readonly realized_pnl: string | null;
}

const hostile = [
  '<img src=x onerror=alert(1)>',
  'line\nbreak\ttab \u202egnp.exe',
  "'; drop table paper_trades; --",
  'm'.repeat(5000),
  '',
];

const wide = '1234567890123456789012345678901234567890.12345678';

const amount = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: -9999, max: 9999 }).map((cents) => (cents / 100).toFixed(2)),
  },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.000000000001', '-0.005', wide, `-${wide}`) },
  { weight: 1, arbitrary: fc.constantFrom('NaN', 'Infinity', '-Infinity') },
);

const nullable = <T>(arbitrary: fc.Arbitrary<T>, nulls: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: nulls, arbitrary: fc.constant(null) }, { weight: 9, arbitrary });

/** Minutes around now, so that closes fall on both sides of today's first instant. */
const aroundNow = fc
  .integer({ min: -50 * 24 * 60, max: 60 })
  .map((minutes) => `now() + interval '${minutes} minutes'`);
const startOfDay = "date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'";
const instant = fc.oneof(
  { weight: 9, arbitrary: aroundNow },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      startOfDay,
      `${startOfDay} - interval '1 microsecond'`,
      "now() - interval '1 hour'",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "'infinity'",
      "'-infinity'",
      "'0044-03-15 BC'",
      "now() + interval '3 days'",
    ),
  },
);

const name = (usual: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
  );

const row: fc.Arbitrary<LedgerRow> = fc.record({
  created_at: instant,
  resolved_at: nullable(instant, 3),
  opportunity_type: name(['cross_venue', 'intra_market', 'stale_quote', 'unknown']),
  market_id: name(['polymarket:btc-100k', 'kalshi:fed-cut-dec']),
  venue: fc.constantFrom('polymarket', 'kalshi'),
  side: fc.constantFrom('buy', 'sell'),
  outcome: fc.constantFrom('YES', 'NO'),
  quantity: amount,
  price: fc.oneof(fc.constantFrom('0.452', '0.5', '0.03'), fc.constantFrom('0', '1', '1.2', 'NaN')),
  fees: fc.oneof(fc.constantFrom('0', '0.05', '0.12345678'), fc.constantFrom('NaN')),
  strategy_id: nullable(name(['oracle-sniper', 'cross-arb']), 2),
  risk_approved: fc.oneof(
    { weight: 6, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  risk_rejection_reason: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'Position would exceed limit: $52.1 > $50',
        'Position would exceed limit: $1,060 > $50',
        'System is halted',
        '',
      ),
    },
  ),
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('open', 'closed', 'resolved') },
    { weight: 1, arbitrary: fc.constantFrom('expired', 'OPEN', '', 'closed ') },
  ),
  realized_pnl: nullable(amount, 3),
});

/** Ledgers with every awkward row of `ledger.md`: empty, all open, one-sided and mixed ones. */
export const randomLedger: fc.Arbitrary<LedgerRow[]> = fc.oneof(
  { weight: 8, arbitrary: fc.array(row, { maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.array(
      row.map((r) => ({ ...r, status: 'open', realized_pnl: null })),
      { maxLength: 20 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(row, fc.constantFrom('5', '-5', '0')).map(([r, pnl]) => [
      {
        ...r,
        status: 'closed',
        risk_approved: true,
        risk_rejection_reason: null,
        realized_pnl: pnl,
      },
    ]),
  },
);

/** Replaces what paper_trades holds. */
export async function fillLedger(client: ClientBase, rows: readonly LedgerRow[]): Promise<void> {
  await client.query('begin');
  await client.query('delete from paper_trades');
  for (const [index, row] of rows.entries()) {
    await client.query(
      `insert into paper_trades (created_at, resolved_at, opportunity_id, opportunity_type,
         market_id, venue, side, outcome, quantity, price, expected_edge, fees, strategy_id,
         risk_approved, risk_rejection_reason, status, realized_pnl)
       values (${row.created_at}, ${row.resolved_at ?? 'null'}, $1, $2, $3, $4, $5, $6, $7, $8,
         0.02, $9, $10, $11, $12, $13, $14)`,
      [
        ...[`opportunity-${index}`, row.opportunity_type, row.market_id, row.venue, row.side],
        ...[row.outcome, row.quantity, row.price, row.fees, row.strategy_id, row.risk_approved],
        ...[row.risk_rejection_reason, row.status, row.realized_pnl],
      ],
    );
  }
  await client.query('commit');
}
