import {
  addDecimals,
  type Decimal,
  parseDecimal,
  printDecimal,
  zero,
} from '../../shared/decimal.ts';
import type { Figure, Group, GroupName } from '../../shared/snapshot.ts';
import { pnlFigure } from './figures.ts';
import { meanFigure, notComputable, quotient } from './ratios.ts';
import type { RowGroup } from './row-groups.ts';

const counts = ['trades', 'open', 'costs', 'scored', 'wins', 'draws', 'promises'] as const;
const sums = ['cost', 'pnl', 'squares', 'promise', 'promised_pnl'] as const;

type Tally = Record<(typeof counts)[number], number> & Record<(typeof sums)[number], Decimal>;

const emptyTally: Readonly<Tally> = {
  ...{ trades: 0, open: 0, costs: 0, scored: 0, wins: 0, draws: 0, promises: 0 },
  ...{ cost: zero, pnl: zero, squares: zero, promise: zero, promised_pnl: zero },
};

/**
 * Executed trades by strategy or by opportunity type, most trades first. Names beyond the shown share
 * the row of the rest: it is what the total leaves, so the sum of the rows is always the total.
 */
export function breakdownBy(kind: 'strategy' | 'type', groups: readonly RowGroup[]): Group[] {
  let rest: Tally = emptyTally;
  // In the order of the groups, which the server ranked. Long names may be cut to the same label.
  const ranked: { readonly label: string | null; readonly rank: number; tally: Tally }[] = [];
  for (const group of groups) {
    if (group.row_class === 'rejected' || group.row_class === 'failed') continue;
    if (group.kind === 'total') rest = plus(rest, tallyOf(group), 1);
    if (group.kind !== kind) continue;
    rest = plus(rest, tallyOf(group), -1);
    const last = ranked.at(-1);
    if (last?.rank === group.rank) last.tally = plus(last.tally, tallyOf(group), 1);
    else ranked.push({ label: group.label, rank: group.rank, tally: tallyOf(group) });
  }
  const rows = ranked.map(({ label, tally }) => groupOf(nameOf(label), tally));
  return rest.trades === 0 ? rows : [...rows, groupOf({ kind: 'rest' }, rest)];
}

/** Σ P&L ÷ Σ (quantity × expected edge) over all scored trades. */
export const edgeCaptureOf = (groups: readonly RowGroup[]): Figure =>
  edgeCapture(
    groups
      .filter(({ kind, row_class }) => kind === 'total' && row_class === 'scored')
      .reduce<Tally>((sum, group) => plus(sum, tallyOf(group), 1), emptyTally),
  );

const nameOf = (label: string | null): GroupName =>
  label === null ? { kind: 'none' } : { kind: 'named', name: label };

function groupOf(group: GroupName, tally: Tally): Group {
  const { trades, open, scored, wins, draws, pnl, squares } = tally;
  return {
    ...{ group, trades, open, scored, wins, draws, losses: scored - wins - draws },
    exposure: exposure(tally),
    pnl: pnlFigure(pnl, tally),
    expectancy: meanFigure(pnl, squares, scored, 'no closed trade with a P&L yet'),
    edgeCapture: edgeCapture(tally),
  };
}

const exposure = ({ open, costs, cost }: Readonly<Tally>): Figure =>
  open > 0 && costs === 0
    ? notComputable('the cost of its open trades cannot be said')
    : { kind: 'value', value: printDecimal(cost) };

function edgeCapture({ promise, promised_pnl, promises }: Readonly<Tally>): Figure {
  const nothing = 'the model promised nothing on the closed trades';
  if (promise.units <= 0n) return notComputable(nothing);
  return quotient(promised_pnl, promise, promises, nothing);
}

function tallyOf(group: RowGroup): Tally {
  const { row_class, rows, costs, wins, draws, promises } = group;
  const sum = (name: (typeof sums)[number]): Decimal => parseDecimal(group[name] ?? '0');
  const tally = { ...emptyTally, trades: rows };
  if (row_class === 'open') return { ...tally, open: rows, costs, cost: sum('cost') };
  if (row_class !== 'scored') return tally;
  return {
    ...{ ...tally, scored: rows, wins, draws, promises },
    ...{ pnl: sum('pnl'), squares: sum('squares') },
    ...{ promise: sum('promise'), promised_pnl: sum('promised_pnl') },
  };
}

function plus(a: Readonly<Tally>, b: Readonly<Tally>, sign: 1 | -1): Tally {
  const added: Tally = { ...a };
  const signed = ({ units, scale }: Decimal): Decimal => ({ units: BigInt(sign) * units, scale });
  for (const name of counts) added[name] += sign * b[name];
  for (const name of sums) added[name] = addDecimals(a[name], signed(b[name]));
  return added;
}
