import { formatCount, formatFigure, formatMoney, formatPercent } from '../../shared/format.ts';
import { oddityIds, oddityMeaning, oddityText } from '../../shared/oddities.ts';
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
  head: ['', 'Trades', 'Open', 'Exposure', 'P&L', 'W/D/L', 'Expectancy', 'Capture'],
  columns: [nameColumn, ...Array.from({ length: 7 }, () => rightColumn)],
  rows: groups.map((row) => [
    { text: groupText(row.group) },
    countCell(row.trades),
    countCell(row.open),
    { text: formatFigure(row.exposure, formatMoney), tone: figureTone(row.exposure, 'money') },
    pnlCell(row.pnl),
    { text: [row.wins, row.draws, row.losses].map(formatCount).join('/') },
    pnlCell(row.expectancy),
    {
      text: formatFigure(row.edgeCapture, formatPercent),
      tone: figureTone(row.edgeCapture, 'fraction'),
    },
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
export function qualityBlock({ counts, basis }: Snapshot): Block {
  return {
    title: 'Data quality',
    head: [],
    columns: [rightColumn, leftColumn, noteColumn],
    rows: oddityIds
      .filter((id) => counts[id] > 0)
      .map((id) => [
        { ...countCell(counts[id]), tone: 'warning' },
        { text: oddityText(id, counts[id]) },
        { text: oddityMeaning(id, basis), tone: 'quiet' },
      ]),
    whenEmpty: 'Nothing odd.',
  };
}
