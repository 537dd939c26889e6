import type { Figure, Group, GroupName, Snapshot } from '../../shared/snapshot.ts';
import { figureOf, metricOf, sumFigures } from './figures.ts';
import { type GroupColumn, type GroupFigures, groupColumns } from './group-columns.tsx';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { type Column, TableHead } from './table-head.tsx';

const { pnl, scored, outcomes, expectancy, edgeCapture, open, exposure } = groupColumns;

interface Props {
  snapshot: Snapshot | null;
}

/** P&L of the executed trades by strategy; the last row is the sum of those above. */
export const ByStrategy = ({ snapshot }: Props) => (
  <GroupTable
    snapshot={snapshot}
    rows={snapshot?.byStrategy ?? null}
    name="by-strategy"
    title="By strategy"
    first={{ name: 'name', label: 'Strategy' }}
    columns={[pnl, scored, outcomes, expectancy, open, exposure]}
    unnamed="no strategy in the ledger"
    total="All strategies"
  />
);

/** P&L of the executed trades by kind of opportunity; the last row is the sum of those above. */
export const ByOpportunityType = ({ snapshot }: Props) => (
  <GroupTable
    snapshot={snapshot}
    rows={snapshot?.byOpportunityType ?? null}
    name="by-opportunity-type"
    title="By opportunity type"
    first={{ name: 'name', label: 'Opportunity type' }}
    columns={[pnl, scored, outcomes, edgeCapture, open, exposure]}
    unnamed="no opportunity type in the ledger"
    total="All types"
  />
);

interface TableProps extends Props {
  /** Null until they are read. */
  rows: readonly Group[] | null;
  name: string;
  title: string;
  first: Column;
  columns: readonly GroupColumn[];
  /** What a row without a name means. */
  unnamed: string;
  total: string;
}

/** Five groups and their total. */
const placesKept = 6;

function GroupTable({ snapshot, rows, name, title, first, columns, unnamed, total }: TableProps) {
  const all = [first, ...columns];
  return (
    <section className="block groups" aria-labelledby={`${name}-heading`}>
      <h2 className="visually-hidden" id={`${name}-heading`}>
        {title}
      </h2>
      <table data-testid={name}>
        <TableHead columns={all} />
        <tbody>
          {rows?.map(({ group, ...figures }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place, so that none moves.
            <tr key={place} data-group={group.kind} data-name={nameOf(group)}>
              <th scope="row" className="name">
                <Name group={group} unnamed={unnamed} />
              </th>
              <Cells row={figures} columns={columns} />
            </tr>
          ))}
          {rows === null ? <PlaceholderRows rows={placesKept} columns={all} waiting /> : null}
        </tbody>
        {rows === null || rows.length === 0 ? null : (
          <tfoot>
            <tr data-testid={`${name}-total`}>
              <th scope="row">{total}</th>
              <Cells row={totalOf(rows, snapshot)} columns={columns} />
            </tr>
          </tfoot>
        )}
      </table>
      {rows?.length === 0 ? <p className="note when-empty">No trade was executed yet.</p> : null}
    </section>
  );
}

const Cells = ({ row, columns }: { row: GroupFigures; columns: readonly GroupColumn[] }) =>
  columns.map(({ name, cell }) => (
    <td key={name} className={name}>
      {cell(row)}
    </td>
  ));

const nameOf = (group: GroupName): string | undefined =>
  group.kind === 'named' ? group.name : undefined;

function Name({ group, unnamed }: { group: GroupName; unnamed: string }) {
  switch (group.kind) {
    case 'named':
      return <LedgerText text={group.name} />;
    case 'none':
      return (
        <span className="dim" title={unnamed}>
          none
        </span>
      );
    case 'rest':
      return (
        <span className="dim" title="All beyond those with the most trades">
          all others
        </span>
      );
  }
}

function totalOf(rows: readonly Group[], snapshot: Snapshot | null): GroupFigures {
  const sum = (pick: (row: Group) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    pnl: sumFigures(
      rows.map((row) => row.pnl),
      allTime(snapshot),
    ),
    expectancy: metricOf(snapshot, 'expectancy'),
    edgeCapture: null,
    trades: sum(({ trades }) => trades),
    open: sum((row) => row.open),
    exposure: sumFigures(
      rows.map((row) => row.exposure),
      metricOf(snapshot, 'open-exposure'),
    ),
    scored: sum((row) => row.scored),
    wins: sum(({ wins }) => wins),
    draws: sum(({ draws }) => draws),
    losses: sum(({ losses }) => losses),
  };
}

const allTime = (snapshot: Snapshot | null): Figure =>
  figureOf(snapshot, ({ figures }) => figures['all-time-pnl']);
