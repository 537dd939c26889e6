import { formatFigure, formatMoney, formatPercent } from '../../shared/format.ts';
import type { Group, Limit, Snapshot } from '../../shared/snapshot.ts';
import { type Block, leftColumn, nameColumn, noteColumn, rightColumn } from './report-block.ts';
import { countCell, figureTone, groupText, joined, nameText, pnlCell } from './report-words.ts';
import type { Cell } from './text-table.ts';

const limitNames: Readonly<Record<Limit['kind'], string>> = {
  'daily-loss': 'Daily loss',
  drawdown: 'Drawdown',
  venue: 'One venue',
  market: 'One market',
};

const barCells = 10;

/** How much is used, as a bar of ten cells; the numbers beside it say the same exactly. */
export function limitBar({ used, limit }: Limit): string {
  if (used.kind !== 'value' || limit.kind !== 'value' || Number(limit.value) <= 0) return '';
  const share = Math.min(1, Math.max(0, Number(used.value) / Number(limit.value)));
  const filled = Math.round(share * barCells);
  return '\u2588'.repeat(filled) + '\u2591'.repeat(barCells - filled);
}

/** How much of each limit is used and left. */
export function limitsBlock({ limits }: Snapshot): Block {
  return {
    title: 'Limits',
    head: ['Limit', '', 'Used', 'Of', 'Left', 'Note'],
    columns: [leftColumn, leftColumn, rightColumn, rightColumn, rightColumn, noteColumn],
    rows: limits.map(limitRow),
    whenEmpty: 'No limit is set.',
  };
}

function limitRow(limit: Limit): readonly Cell[] {
  const breached = limit.left.kind === 'value' && limit.left.value.startsWith('-');
  const missing = [limit.used, limit.limit].flatMap((figure) =>
    figure.kind === 'value' ? [] : [figure.reason],
  );
  const words = joined(
    breached ? 'breached' : '',
    missing[0] ?? '',
    limit.breachedByAverageLoss === true && !breached ? 'one more average loss breaches it' : '',
    limit.subject === null ? '' : nameText(limit.subject),
    `${formatPercent(limit.share)} of ${limit.kind === 'drawdown' ? 'high-water mark' : 'bankroll'}`,
  );
  return [
    { text: limitNames[limit.kind] },
    { text: limitBar(limit), tone: breached ? 'warning' : 'quiet' },
    { text: formatFigure(limit.used, formatMoney) },
    { text: formatFigure(limit.limit, formatMoney) },
    { text: formatFigure(limit.left, formatMoney), tone: breached ? 'warning' : 'plain' },
    { text: words, tone: breached ? 'warning' : 'quiet' },
  ];
}

/** Executed trades by strategy or type. */
export const groupsBlock = (title: string, groups: readonly Group[]): Block => ({
  title,
  head: ['', 'Trades', 'Open', 'P&L', 'W/D/L', 'Expectancy', 'Edge capture'],
  columns: [
    nameColumn,
    rightColumn,
    rightColumn,
    rightColumn,
    rightColumn,
    rightColumn,
    rightColumn,
  ],
  rows: groups.map(({ group, trades, open, pnl, expectancy, edgeCapture, ...outcomes }) => [
    { text: groupText(group) },
    countCell(trades),
    countCell(open),
    pnlCell(pnl),
    { text: [outcomes.wins, outcomes.draws, outcomes.losses].join('/') },
    pnlCell(expectancy),
    { text: formatFigure(edgeCapture, formatPercent), tone: figureTone(edgeCapture, 'fraction') },
  ]),
  whenEmpty: 'No executed trades.',
});

/** All rows of a class by their reason; a snapshot holds the most frequent reasons alone. */
export function reasonsBlock(title: string, reasons: Snapshot['rejections'], all: number): Block {
  const rest = all - reasons.reduce((sum, { count }) => sum + count, 0);
  return {
    title,
    head: [],
    columns: [rightColumn, noteColumn],
    rows: [
      ...reasons.map(({ reason, count }) => [countCell(count), { text: nameText(reason, 120) }]),
      ...(rest > 0 ? [[countCell(rest), { text: 'all others' }]] : []),
    ],
    whenEmpty: 'None.',
  };
}

/** What a person must know about the data to read the figures right. */
export function qualityBlock({ counts }: Snapshot): Block {
  const oddities: readonly (readonly [number, string])[] = [
    [counts.unscored, 'closed without P&L: in no sum'],
    [counts.undated, 'closed without a time: in all-time figures, in no day'],
    [counts.anomalies, 'contradict themselves, such as a close in the future'],
    [counts.otherWithPnl, 'of unknown status with a P&L: it is in no sum'],
    [counts.oddQuantities, 'whose quantity is no number: not in exposure and turnover'],
    [counts.oddEdges, 'without an expected edge: not in promised P&L and edge capture'],
    [counts.oddPrices, 'open with a price outside 0 to 1: not in best and worst case'],
    [counts.oddEdges, 'whose expected edge is no number: not in what the model promises'],
    [counts.oddFees, 'whose fees are no number: not in their sum'],
  ];
  return {
    title: 'Data quality',
    head: [],
    columns: [rightColumn, noteColumn],
    rows: oddities
      .filter(([count]) => count > 0)
      .map(([count, text]) => [{ ...countCell(count), tone: 'warning' }, { text }]),
    whenEmpty: 'Nothing odd.',
  };
}
