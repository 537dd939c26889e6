import * as z from 'zod';
import type { TestLedger } from '../../../e2e/support/test-ledger.ts';

const rowSchema = z.object({
  type: z.string(),
  status: z.string(),
  approved: z.boolean(),
  reason: z.string().nullable(),
  pnl: z.string().nullable(),
  /** Seconds, infinite ones included. */
  age: z.string().transform(Number),
});

type Row = z.infer<typeof rowSchema>;

const scale = 40;

/** Sum of decimals, all scaled to forty places; null where one of them is no number. */
function sumOf(rows: readonly Row[]): number | null {
  let units = 0n;
  for (const { pnl } of rows) {
    if (pnl === null) continue;
    if (!/^-?[\d.]+$/.test(pnl)) return null;
    const [whole = '', fraction = ''] = pnl.split('.');
    units += BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  }
  return Number(`${units}e-${scale}`);
}

const groupedBy = <K>(rows: readonly Row[], key: (row: Row) => K): [K, Row[]][] => {
  const groups = new Map<K, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
};

/** PostgreSQL sorts NaN above every number. */
const isAbove = ({ pnl }: Row): boolean => pnl === 'NaN' || Number(pnl) > 0;

/** The trading system's own report, computed row by row outside the database. */
export async function legacyOracle(client: TestLedger['engine'], days: number): Promise<object> {
  const { rows } = await client.query(`select opportunity_type as type, status,
      risk_approved as approved, risk_rejection_reason as reason, realized_pnl::text as pnl,
      (extract(epoch from now()) - extract(epoch from created_at))::text as age from paper_trades`);
  const all = z.array(rowSchema).parse(rows);
  const recent = all.filter(({ age }) => age <= days * 24 * 60 * 60);
  const closed = recent.filter(({ status }) => status === 'closed' || status === 'resolved');
  const wins = recent.filter(isAbove).length;
  const rejected = recent.filter(({ approved }) => !approved);
  const types = groupedBy(
    recent.filter(({ approved }) => approved),
    ({ type }) => type,
  );
  return {
    total_trades: recent.length,
    open_trades: recent.filter(({ status }) => status === 'open').length,
    closed_trades: closed.length,
    realized_pnl: sumOf(recent),
    wins,
    losses: recent.filter(({ pnl }) => Number(pnl) < 0).length,
    win_rate: closed.length === 0 ? 0 : wins / closed.length,
    rejections: rejected.length,
    by_opportunity_type: new Set(
      types.map(([type, of]) => JSON.stringify([type, of.length, sumOf(of)])),
    ),
    risk_rejections: new Set(
      groupedBy(rejected, ({ reason }) => reason).map(([reason, of]) =>
        JSON.stringify([reason, of.length]),
      ),
    ),
  };
}
