import { figureById } from '../../shared/figure-by-id.ts';
import { formatDay } from '../../shared/format.ts';
import { unitOf } from '../../shared/metric-text.ts';
import { type CountId, countMetrics, type MetricId, metrics } from '../../shared/metrics.ts';
import type { Fall, Snapshot, Trade } from '../../shared/snapshot.ts';
import { type Block, labelColumn, noteColumn, valueColumn } from './report-block.ts';
import { groupsBlock, limitsBlock, qualityBlock, reasonsBlock } from './report-lists.ts';
import { type ChosenRange, rangeOf, rangeTitle } from './report-range.ts';
import {
  countCell,
  figureNote,
  figureTone,
  joined,
  metricText,
  momentText,
  nameText,
  outcomesText,
  plural,
  pnlCell,
} from './report-words.ts';
import type { Cell } from './text-table.ts';

/** Everything that the human report and the Markdown one show, in their order. */
export const reportBlocks = (snapshot: Snapshot, chosen: ChosenRange): readonly Block[] => [
  todayBlock(snapshot),
  rangeBlock(snapshot, chosen),
  allTimeBlock(snapshot),
  drawdownBlock(snapshot),
  openBlock(snapshot),
  limitsBlock(snapshot),
  groupsBlock('By strategy', snapshot.byStrategy),
  groupsBlock('By opportunity type', snapshot.byOpportunityType),
  rowsBlock(snapshot),
  reasonsBlock('Rejections', snapshot.rejections, snapshot.counts.rejected),
  reasonsBlock('Failures', snapshot.failures, snapshot.counts.failed),
  qualityBlock(snapshot),
];

const figures = (title: string, rows: readonly (readonly Cell[])[]): Block => ({
  ...{ title, rows, head: [], columns: [labelColumn, valueColumn, noteColumn], whenEmpty: '' },
});

function metricRow(snapshot: Snapshot, id: MetricId, more = ''): readonly Cell[] {
  const figure = figureById(snapshot, id);
  const unit = unitOf(id, snapshot.basis);
  return [
    { text: metrics[id].label },
    { text: metricText(snapshot, figure, id), tone: figureTone(figure, unit) },
    { text: joined(figureNote(figure, unit), more), tone: 'quiet' },
  ];
}

function todayBlock(snapshot: Snapshot): Block {
  const { today, day } = snapshot;
  return figures(`Today, ${formatDay(day.name)}`, [
    metricRow(snapshot, 'day-pnl', today.pnl.kind === 'value' ? closesText(today) : ''),
    metricRow(snapshot, 'day-return'),
    metricRow(snapshot, 'day-peak'),
    metricRow(snapshot, 'day-give-back'),
    metricRow(snapshot, 'month-pnl'),
    metricRow(snapshot, 'year-pnl'),
  ]);
}

function closesText(today: Snapshot['today']): string {
  if (today.closes + today.unscored === 0) return 'no closes yet';
  return joined(
    plural(today.closes + today.unscored, 'close'),
    today.closes === 0 ? '' : outcomesText(today),
    today.unscored === 0 ? '' : `${countCell(today.unscored).text} without P&L`,
  );
}

function rangeBlock(snapshot: Snapshot, chosen: ChosenRange): Block {
  const range = rangeOf(snapshot, chosen);
  const { zone, name: today } = snapshot.day;
  const reason = range.pnl.kind === 'value' ? '' : range.pnl.reason;
  const days =
    range.start === null ? '' : `, ${momentText(range.start, zone).slice(0, 10)} to ${today}`;
  return figures(`${rangeTitle(chosen)}${days}`, [
    [{ text: 'P&L' }, pnlCell(range.pnl), { text: reason, tone: 'quiet' }],
    [
      { text: 'Closes with P&L' },
      countCell(range.closes),
      { text: range.closes === 0 ? '' : outcomesText(range), tone: 'quiet' },
    ],
  ]);
}

const tradeText = (snapshot: Snapshot, trade: Trade | null): string =>
  trade === null
    ? ''
    : joined(
        nameText(trade.marketId),
        trade.resolvedAt === null ? '' : momentText(trade.resolvedAt, snapshot.day.zone),
      );

function allTimeBlock(snapshot: Snapshot): Block {
  const row = (id: MetricId, more = ''): readonly Cell[] => metricRow(snapshot, id, more);
  return figures('All time', [
    row('all-time-pnl'),
    row('unrealized-pnl'),
    row('win-rate', snapshot.counts.scored === 0 ? '' : outcomesText(snapshot.outcomes)),
    row('profit-factor'),
    row('expectancy'),
    row('payoff-ratio'),
    row('average-win'),
    row('average-loss'),
    row('largest-win', tradeText(snapshot, snapshot.largestWin)),
    row('largest-loss', tradeText(snapshot, snapshot.largestLoss)),
    row('current-streak'),
    row('worst-streak'),
    row('hold-mean'),
    row('hold-median'),
    row('return-on-stake'),
    row('fees'),
    row('turnover'),
  ]);
}

function drawdownBlock(snapshot: Snapshot): Block {
  const { equity, day } = snapshot;
  const since = equity.belowPeakSince;
  const falls = (fall: Fall | null): string => (fall === null ? '' : fallText(fall, day.zone));
  return figures('Drawdown', [
    metricRow(snapshot, 'equity'),
    metricRow(snapshot, 'high-water-mark'),
    metricRow(
      snapshot,
      'current-drawdown',
      since === null ? '' : `since ${momentText(since, day.zone)}`,
    ),
    metricRow(snapshot, 'current-drawdown-pct'),
    metricRow(snapshot, 'max-drawdown', falls(equity.maxDrawdown)),
    metricRow(snapshot, 'max-drawdown-pct', falls(equity.maxDrawdownPct)),
  ]);
}

const fallText = ({ peakAt, troughAt, recoveredAt }: Fall, zone: string): string =>
  `${momentText(peakAt, zone)} to ${momentText(troughAt, zone)}, ${
    recoveredAt === null ? 'not recovered' : `recovered ${momentText(recoveredAt, zone)}`
  }`;

function openBlock(snapshot: Snapshot): Block {
  const { leftOut, outsideEnvelope } = snapshot.exposure;
  const without = (count: number): string =>
    count === 0 ? '' : `${plural(count, 'trade')} left out`;
  return figures('Open', [
    metricRow(snapshot, 'open-exposure', without(leftOut)),
    metricRow(snapshot, 'worst-case', without(outsideEnvelope)),
    metricRow(snapshot, 'best-case', without(outsideEnvelope)),
    metricRow(snapshot, 'promised-pnl'),
  ]);
}

const rowsBlock = (snapshot: Snapshot): Block =>
  figures('Rows', [
    ...(Object.keys(countMetrics) as CountId[]).map((id) => metricRow(snapshot, id)),
    metricRow(snapshot, 'rejection-rate'),
    metricRow(snapshot, 'failure-rate'),
  ]);
