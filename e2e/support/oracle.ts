import type { ClientBase } from 'pg';
import * as z from 'zod';

/**
 * The figures once more, from `ledger.md` alone: plain SQL written apart from the product's, with
 * other means (text comparison for "finite", one statement a figure).
 */

const rowsOf = `
  with r as (
    select *, realized_pnl::text in ('NaN', 'Infinity', '-Infinity') as odd_pnl,
      quantity::text in ('NaN', 'Infinity', '-Infinity') as odd_quantity,
      fees::text in ('NaN', 'Infinity', '-Infinity') as odd_fees,
      created_at::text in ('infinity', '-infinity') as odd_created,
      resolved_at::text in ('infinity', '-infinity') as odd_resolved,
      case when risk_approved is false then 'rejected'
           when risk_rejection_reason is not null then 'failed'
           when status = 'open' then 'open'
           when status = 'closed' or status = 'resolved' then 'closed'
           else 'other' end as class
    from paper_trades),
  s as (
    select *, class not in ('rejected', 'failed') as executed,
      class = 'closed' and realized_pnl is not null and not odd_pnl as scored,
      date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' as today
    from r),
  d as (
    select * from s where scored and resolved_at is not null and not odd_resolved)`;

const statements = {
  all: 'select count(*) from s',
  rejected: "select count(*) from s where class = 'rejected'",
  failed: "select count(*) from s where class = 'failed'",
  executed: 'select count(*) from s where executed',
  open: "select count(*) from s where class = 'open'",
  closed: "select count(*) from s where class = 'closed'",
  other: "select count(*) from s where class = 'other'",
  otherWithPnl: "select count(*) from s where class = 'other' and realized_pnl is not null",
  oddQuantities: 'select count(*) from s where executed and odd_quantity',
  oddFees: 'select count(*) from s where executed and odd_fees',
  scored: 'select count(*) from s where scored',
  unscored: "select count(*) from s where class = 'closed' and not scored",
  undated: 'select count(*) from s where scored and (resolved_at is null or odd_resolved)',
  anomalies: `select count(*) from s where (class = 'open' and realized_pnl is not null)
    or odd_created or coalesce(odd_resolved, false) or created_at > now()
    or (resolved_at is not null and (resolved_at < created_at or resolved_at > now()))`,
  wins: 'select count(*) from s where scored and realized_pnl > 0',
  draws: 'select count(*) from s where scored and realized_pnl = 0',
  losses: 'select count(*) from s where scored and realized_pnl < 0',
  allTimePnl: 'select trim_scale(sum(realized_pnl)) from s where scored',
  openExposure:
    "select trim_scale(coalesce(sum(quantity), 0)) from s where class = 'open' and not odd_quantity",
  fees: 'select trim_scale(coalesce(sum(fees), 0)) from s where executed and not odd_fees',
  turnover:
    'select trim_scale(coalesce(sum(quantity), 0)) from s where executed and not odd_quantity',
  dayPnl: `select case when exists (select 1 from s where scored) then
    (select trim_scale(coalesce(sum(realized_pnl), 0)) from d
     where resolved_at >= today and resolved_at < today + interval '1 day') end`,
  dayCloses: `select count(*) from d where resolved_at >= today and resolved_at < today + interval '1 day'`,
  dayUnscored: `select count(*) from s where class = 'closed' and not scored
    and resolved_at >= today and resolved_at < today + interval '1 day'`,
  dayPeak: `select case when exists (select 1 from s where scored) then
    trim_scale(greatest(0, (select max(so_far) from (
      select (select sum(e.realized_pnl) from d e where e.resolved_at >= e.today and e.resolved_at <= d.resolved_at) as so_far
      from d where resolved_at >= today and resolved_at < today + interval '1 day') as path))) end`,
  winRate: `select trim_scale(round(w / nullif(w + l, 0), 15)) from (
    select count(*) filter (where realized_pnl > 0)::numeric as w,
      count(*) filter (where realized_pnl < 0)::numeric as l from s where scored) as outcomes`,
  newestRow: `select to_char(max(created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from s where created_at <= now() and created_at >= '0001-01-01'`,
} as const;

export type OracleFigure = keyof typeof statements;

const answer = z.object({ value: z.string().nullable() });

/** Every figure as text, null where there is none; all of one transaction. */
export async function askOracle(client: ClientBase): Promise<Record<OracleFigure, string | null>> {
  await client.query("begin isolation level repeatable read read only; set local timezone = 'UTC'");
  const figures: Partial<Record<OracleFigure, string | null>> = {};
  for (const name of Object.keys(statements) as OracleFigure[]) {
    const { rows } = await client.query(`${rowsOf} select (${statements[name]})::text as value`);
    figures[name] = answer.parse(rows[0]).value;
  }
  await client.query('commit');
  return figures as Record<OracleFigure, string | null>;
}

const typeRow = z.object({
  type: z.string(),
  trades: z.coerce.number(),
  open: z.coerce.number(),
  pnl: z.string().nullable(),
});

/** Executed trades by opportunity type. */
export async function askOracleByType(client: ClientBase): Promise<z.infer<typeof typeRow>[]> {
  const { rows } = await client.query(`${rowsOf}
    select left(opportunity_type, 200) as type, count(*) as trades,
      count(*) filter (where class = 'open') as open,
      trim_scale(sum(realized_pnl) filter (where scored))::text as pnl
    from s where executed group by 1`);
  return z.array(typeRow).parse(rows);
}
