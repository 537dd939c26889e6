import fc from 'fast-check';
import type { ClientBase } from 'pg';
import { literal } from './oracle-scope.ts';
import { type Moment, momentSql, randomMoment, randomStretch } from './random-moment.ts';

/** One row of paper_trades as text, null through a view alone where the table forbids it. */
export interface LedgerRow {
  readonly id: string | null;
  readonly created_at: Moment | null;
  readonly resolved_at: Moment | null;
  readonly opportunity_type: string | null;
  readonly market_id: string | null;
  readonly venue: string | null;
  readonly side: string | null;
  readonly outcome: string | null;
  readonly quantity: string | null;
  readonly price: string | null;
  readonly expected_edge: string | null;
  readonly fees: string | null;
  readonly strategy_id: string | null;
  readonly risk_approved: boolean | null;
  readonly risk_rejection_reason: string | null;
  readonly status: string | null;
  readonly realized_pnl: string | null;
}

const hostile = [
  '<img src=x onerror=alert(1)>',
  'line\nbreak\ttab \u202egnp.exe',
  "'; drop table paper_trades; --",
  'm'.repeat(5000),
  '__proto__',
  '',
] as const;

const wide = '1234567890123456789012345678901234567890.12345678';
const notFinite = ['NaN', 'Infinity', '-Infinity'] as const;

const usually = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>, times = 9) =>
  fc.oneof({ weight: times, arbitrary: usual }, { weight: 1, arbitrary: seldom });

const nullable = <T>(arbitrary: fc.Arbitrary<T>, nulls: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: nulls, arbitrary: fc.constant(null) }, { weight: 9, arbitrary });

const cents = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => (value / 100).toFixed(2));

const oddAmount = fc.constantFrom('0', '0.000000000001', '-0.005', wide, `-${wide}`, ...notFinite);

const name = (...usual: readonly string[]): fc.Arbitrary<string> =>
  usually(fc.constantFrom(...usual), fc.constantFrom(...hostile));

const reason = fc.constantFrom(
  'Position would exceed limit: $52.1 > $50',
  'Position would exceed limit: $1,060 > $50',
  'System is halted',
  'order 17 timed out after 2.5 s',
  '',
);

const text = {
  opportunity_type: name('cross_venue', 'intra_market', 'stale_quote', 'unknown'),
  market_id: name('polymarket:btc-100k', 'kalshi:fed-cut-dec', 'kalshi:cpi'),
  venue: usually(fc.constantFrom('polymarket', 'kalshi'), fc.constantFrom('Kalshi', '')),
  side: usually(fc.constantFrom('buy', 'sell'), fc.constantFrom('BUY', 'short', '')),
  outcome: usually(fc.constantFrom('YES', 'NO'), fc.constantFrom('yes', 'Trump', '')),
  strategy_id: nullable(name('oracle-sniper', 'cross-arb', 'none'), 2),
  status: usually(
    fc.constantFrom('open', 'closed', 'resolved'),
    fc.constantFrom('expired', 'OPEN', '', 'closed '),
  ),
  risk_rejection_reason: nullable(reason, 72),
};

const amounts = {
  quantity: usually(cents(1, 9999), oddAmount),
  price: usually(
    fc.constantFrom('0.452', '0.5', '0.03', '0.999999999999'),
    fc.constantFrom('0', '1', '1.2', '-0.4', ...notFinite),
    4,
  ),
  expected_edge: usually(fc.constantFrom('0.02', '0.0351', '-0.01', '0'), oddAmount),
  fees: usually(fc.constantFrom('0', '0.05', '0.12345678'), oddAmount),
  realized_pnl: nullable(usually(cents(-9999, 9999), oddAmount, 8), 3),
};

const moments = usually(
  randomStretch,
  fc.record({ created_at: randomMoment, resolved_at: nullable(randomMoment, 3) }),
  4,
);

const row: fc.Arbitrary<LedgerRow> = fc
  .tuple(
    moments,
    fc.record({
      id: fc.uuid(),
      ...text,
      ...amounts,
      risk_approved: usually(fc.constant(true), fc.constant(false), 6),
    }),
  )
  .map(([when, what]) => ({ ...what, ...when }));

const ledgerOf = (maxLength: number) =>
  fc.uniqueArray(row, { selector: ({ id }) => id, maxLength, size: 'max' });

const scored = { status: 'closed', risk_approved: true, risk_rejection_reason: null } as const;

const all = (rows: fc.Arbitrary<LedgerRow[]>, same: Partial<LedgerRow>) =>
  rows.map((each) => each.map((one) => ({ ...one, ...same })));

const mostClosed = 12;

const allClosedWith = (...pnls: readonly string[]): fc.Arbitrary<LedgerRow[]> =>
  fc
    .tuple(
      ledgerOf(mostClosed),
      fc.array(fc.constantFrom(...pnls), { minLength: mostClosed, maxLength: mostClosed }),
    )
    .map(([rows, each]) =>
      rows.map((one, index) => ({
        ...one,
        ...scored,
        fees: '0',
        realized_pnl: each[index] ?? '0',
      })),
    );

const one = row.map((each) => [each]);

/** Ledgers with every awkward row of `ledger.md`: empty, all open, one-sided and mixed ones. */
export const randomLedger: fc.Arbitrary<LedgerRow[]> = fc.oneof(
  { weight: 12, arbitrary: ledgerOf(60) },
  { weight: 1, arbitrary: fc.constant<LedgerRow[]>([]) },
  { weight: 1, arbitrary: one },
  {
    weight: 1,
    arbitrary: all(ledgerOf(20), { status: 'open', realized_pnl: null }),
  },
  ...['5', '-5', '0', 'NaN'].map((realized_pnl) => ({
    ...{ weight: 1, arbitrary: all(one, { ...scored, realized_pnl }) },
  })),
  { weight: 1, arbitrary: allClosedWith('0') },
  { weight: 1, arbitrary: allClosedWith('0', '1', '-1') },
);

const columns = Object.keys({
  ...{ id: 1, created_at: 1, resolved_at: 1, risk_approved: 1, ...text, ...amounts },
}) as (keyof LedgerRow)[];

/** The same rows with nulls in any column, as a view may show them. */
export const withNulls = (rows: readonly LedgerRow[]): fc.Arbitrary<LedgerRow[]> =>
  fc
    .array(fc.tuple(fc.nat(rows.length - 1), fc.constantFrom(...columns)), {
      maxLength: rows.length,
    })
    .map((holes) => {
      // One id at most: rows that close at one instant without ids have no order.
      const idless = holes.findIndex(([, column]) => column === 'id');
      const holesOf = (row: number) =>
        holes.filter(([at, column], hole) => at === row && (column !== 'id' || hole === idless));
      return rows.map((each, index) => ({
        ...each,
        ...Object.fromEntries(holesOf(index).map(([, column]) => [column, null])),
      }));
    });

/** Where rows go, and the clock that their times are counted from. */
export interface FillOptions {
  readonly table?: string;
  /** Instant as SQL. */
  readonly now?: string;
  readonly tradingDay?: { readonly zone: string; readonly rollHour: number };
}

/** Replaces what the table holds. */
export async function fillLedger(
  client: ClientBase,
  rows: readonly LedgerRow[],
  options: FillOptions = {},
): Promise<void> {
  const { table = 'paper_trades', now = 'now()' } = options;
  const { tradingDay = { zone: 'UTC', rollHour: 0 } } = options;
  const time = (moment: Moment | null): string =>
    moment === null ? 'null' : momentSql(moment, now, tradingDay);
  const value = (one: LedgerRow, column: keyof LedgerRow): string => {
    if (column === 'created_at' || column === 'resolved_at') return time(one[column]);
    return one[column] === null ? 'null' : literal(String(one[column]));
  };
  const tuples = rows.map(
    (one, index) =>
      `(${[literal(`opportunity-${index}`), ...columns.map((column) => value(one, column))].join(', ')})`,
  );
  const insert = `insert into ${table} (opportunity_id, ${columns.join(', ')}) values ${tuples.join(',\n')}`;
  // One message is one transaction.
  await client.query(`delete from ${table}; ${rows.length === 0 ? '' : insert}`);
}
