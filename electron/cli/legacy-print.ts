import { formatPercent } from '../../shared/format.ts';
import type { LegacyReport } from '../ledger/legacy-report.ts';
import type { Block } from './report-block.ts';
import {
  blockText,
  demoLines,
  factsText,
  ledgerFact,
  type ReportSource,
  type TextOptions,
} from './report-text.ts';
import { countCell, nameText, pnlCell } from './report-words.ts';
import type { Cell } from './text-table.ts';

/** Wins of the closed trades; 0 where none is closed, as the trading system has it. */
const winRate = ({ wins, closedTrades }: LegacyReport): number =>
  closedTrades === 0 ? 0 : wins / closedTrades;

/** A number of JSON with all of its digits; null where none of that size can be read back. */
const jsonNumber = (decimal: string | null): string =>
  decimal !== null && Number.isFinite(Number(decimal)) ? decimal : 'null';

/**
 * The names and numbers of the trading system's own report. Written by hand, for JSON.stringify
 * would send money through a float.
 */
export function legacyJson(report: LegacyReport): string {
  const list = (items: readonly string[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${item}`).join(',\n')}\n  ]`;
  const types = report.byOpportunityType.map(
    ({ type, trades, pnl }) =>
      `{ "type": ${JSON.stringify(type)}, "trades": ${trades}, "pnl": ${jsonNumber(pnl)} }`,
  );
  const reasons = report.riskRejections.map(
    ({ reason, count }) => `{ "reason": ${JSON.stringify(reason)}, "count": ${count} }`,
  );
  const fields: readonly (readonly [string, string])[] = [
    ['total_trades', String(report.totalTrades)],
    ['open_trades', String(report.openTrades)],
    ['closed_trades', String(report.closedTrades)],
    ['realized_pnl', jsonNumber(report.realizedPnl)],
    ['wins', String(report.wins)],
    ['losses', String(report.losses)],
    ['win_rate', String(winRate(report))],
    ['rejections', String(report.rejections)],
    ['by_opportunity_type', list(types)],
    ['risk_rejections', list(reasons)],
  ];
  return `{\n${fields.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`;
}

/** The same as a small table. */
export function legacyText(
  report: LegacyReport,
  { source, days }: { readonly source: ReportSource; readonly days: number },
  options: TextOptions,
): string {
  const blocks = [totals(report, days), types(report), rejections(report)];
  const texts = blocks.map((block) => blockText(block, options));
  const footer = factsText([ledgerFact(source)], options);
  return `${[...demoLines(source, options), ...texts, footer].join('\n\n')}\n`;
}

const pnl = (value: string | null): Cell =>
  pnlCell(
    value === null
      ? { kind: 'not-computable', value, reason: 'a P&L in it is no number' }
      : { kind: 'value', value },
  );

const totals = (report: LegacyReport, days: number): Block => ({
  title: `Rows created in the last ${days} × 24 h`,
  head: [],
  columns: [{ align: 'left' }, { align: 'right' }],
  rows: [
    [{ text: 'Trades' }, countCell(report.totalTrades)],
    [{ text: 'Open' }, countCell(report.openTrades)],
    [{ text: 'Closed' }, countCell(report.closedTrades)],
    [{ text: 'Realized P&L' }, pnl(report.realizedPnl)],
    [{ text: 'Wins' }, countCell(report.wins)],
    [{ text: 'Losses' }, countCell(report.losses)],
    [{ text: 'Wins of closed' }, { text: formatPercent(winRate(report).toFixed(12)) }],
    [{ text: 'Rejections' }, countCell(report.rejections)],
  ],
  whenEmpty: '',
});

const types = ({ byOpportunityType }: LegacyReport): Block => ({
  title: 'Approved rows by opportunity type',
  head: ['', 'Trades', 'P&L'],
  columns: [{ align: 'left', shrinksTo: 12 }, { align: 'right' }, { align: 'right' }],
  rows: byOpportunityType.map(({ type, trades, pnl: value }) => [
    { text: type === null ? 'none' : nameText(type) },
    countCell(trades),
    pnl(value),
  ]),
  whenEmpty: 'None.',
});

// The reasons hold amounts, so there may be thousands; --json has them all.
const mostReasons = 20;

function rejections({ riskRejections }: LegacyReport): Block {
  const shown = riskRejections.slice(0, mostReasons);
  const hidden = riskRejections.slice(mostReasons);
  const rest = hidden.reduce((sum, { count }) => sum + count, 0);
  return {
    title: 'Rejections',
    head: [],
    columns: [{ align: 'right' }, { align: 'left', shrinksTo: 12 }],
    rows: [
      ...shown.map(({ reason, count }) => [
        countCell(count),
        { text: reason === null ? 'none' : nameText(reason, 120) },
      ]),
      ...(rest === 0 ? [] : [[countCell(rest), { text: 'all others' }]]),
    ],
    whenEmpty: 'None.',
  };
}
