import { formatDay, formatMoney } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Paint } from './paint.ts';
import type { Block } from './report-block.ts';
import { reportBlocks } from './report-blocks.ts';
import type { ChosenRange } from './report-range.ts';
import { momentText, nameText } from './report-words.ts';
import { type Column, tableLines } from './text-table.ts';

/** Where the figures come from. */
export interface ReportSource {
  readonly database: string;
  /** `host:port`. */
  readonly address: string;
  /** PAPER, LIVE or LEDGER. */
  readonly label: string;
}

/** How a report is printed. */
export interface TextOptions {
  readonly width: number;
  readonly paint: Paint;
}

const footerColumns: readonly Column[] = [
  { align: 'left' },
  { align: 'left', shrinksTo: 16, wraps: true },
];

/** The report for a person at a terminal. */
export function reportText(
  snapshot: Snapshot,
  { source, chosen }: { readonly source: ReportSource; readonly chosen: ChosenRange },
  options: TextOptions,
): string {
  const blocks = reportBlocks(snapshot, chosen).map((block) => blockText(block, options));
  const facts = sourceFacts(snapshot, source).map(([name, text]) => [
    { text: name, tone: 'quiet' as const },
    { text },
  ]);
  const footer = tableLines(footerColumns, facts, options);
  return `${[...blocks, footer.join('\n')].join('\n\n')}\n`;
}

/** One block: its heading and its table. */
export function blockText({ title, columns, head, rows, whenEmpty }: Block, options: TextOptions) {
  const heading = options.paint(title, 'heading');
  if (rows.length === 0) return `${heading}\n  ${options.paint(whenEmpty, 'quiet')}`;
  const names = head.length === 0 ? [] : [head.map((text) => ({ text, tone: 'quiet' as const }))];
  const lines = tableLines(columns, [...names, ...rows], { ...options, width: options.width - 2 });
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What the figures rest on, by name: the same lines end each report. */
export function sourceFacts(
  { asOf, day, basis, server }: Snapshot,
  { database, address, label }: ReportSource,
): readonly (readonly [string, string])[] {
  const roll = `${String(basis.tradingDay.rollHour).padStart(2, '0')}:00`;
  const days = `${formatDay(day.name)}, ${momentText(day.start, day.zone)} to ${momentText(day.end, day.zone)}`;
  const bankroll = basis.bankroll === null ? 'none' : formatMoney(basis.bankroll);
  const kind = server.standby ? 'standby' : 'primary';
  return [
    ['As of', asOf],
    ['Trading day', `${days}, from ${roll} ${day.zone}`],
    [
      'Basis',
      `quantity = ${basis.quantityUnit} · P&L ${basis.pnlIsGross ? 'gross' : 'net'} of fees · bankroll ${bankroll}`,
    ],
    ['Ledger', `${label} ${nameText(database)} at ${nameText(address, 120)}`],
    ['Server', `PostgreSQL ${versionText(server.versionNum)}, ${kind}`],
  ];
}

/** `150018` → `15.18`. */
export const versionText = (versionNum: number): string =>
  `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
