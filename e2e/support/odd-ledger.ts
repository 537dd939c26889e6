import type { TestLedger } from './test-ledger.ts';

const columns = `opportunity_id, opportunity_type, strategy_id, market_id, venue, side, outcome, quantity,
  price, expected_edge, fees, risk_approved, risk_rejection_reason, status, realized_pnl, created_at, resolved_at`;

/** Amounts of five digits, and one row at least of everything that can be odd. */
export async function fillOddLedger({ engine }: TestLedger): Promise<void> {
  await engine.query(`insert into paper_trades (${columns})
    select 's' || i, 'cross', 'alpha', 'kalshi:m' || (i % 9), 'kalshi', 'buy', 'YES', 14000, 0.4, 0.06, 1.25,
      true, null, case when i % 5 = 0 then 'open' else 'closed' end,
      case when i % 5 = 0 then null else ((i * 37) % 101 - 45) * 330.25 end,
      now() - interval '1 hour' * (i * 3.1 + 1),
      case when i % 5 = 0 then null else now() - interval '1 hour' * (i * 3.1) end
    from generate_series(1, 300) as i`);
  await engine.query(`insert into paper_trades (${columns})
    select 'r' || i, 'cross', 'alpha', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.06, 0, false,
      'limit ' || chr(64 + i) || ' of $61.25', 'open', null, now() - interval '2 hours', null
    from generate_series(1, 15) as i`);
  await engine.query(`insert into paper_trades (${columns}) values
    ('o1', 'cross', 'alpha', 'kalshi:m3', 'kalshi', 'buy', 'YES', 12.11, 1.4, 0.02, 0, true, null, 'open', null, now() - interval '7 minutes', null),
    ('o2', 'cross', 'alpha', 'kalshi:m4', 'kalshi', 'buy', 'YES', 'NaN', 0.4, 0.02, 0, true, null, 'open', null, now() - interval '8 minutes', null),
    ('o3', 'cross', 'alpha', 'kalshi:m5', 'kalshi', 'buy', 'YES', 10, 0.4, 'NaN', 'NaN', true, null, 'open', 5.55, now() - interval '9 minutes', null),
    ('u1', 'cross', 'alpha', 'kalshi:m5', 'kalshi', 'buy', 'YES', 10, 0.4, 0.1, 0, true, null, 'closed', null, now() - interval '2 hours', now() - interval '1 hour'),
    ('d1', 'cross', 'alpha', 'kalshi:m5', 'kalshi', 'buy', 'YES', 10, 0.4, 0.1, 0, true, null, 'closed', 7.77, now() - interval '2 hours', null),
    ('x1', 'cross', 'alpha', 'kalshi:m5', 'kalshi', 'buy', 'YES', 10, 0.4, 0.1, 0, true, null, 'weird', 8.88, now() - interval '2 hours', null),
    ('f1', 'cross', 'alpha', 'kalshi:m5', 'kalshi', 'buy', 'YES', 10, 0.4, 0.1, 0, true, 'order 77 failed at $61.25', 'open', null, now() - interval '2 hours', null)`);
}
