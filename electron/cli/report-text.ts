import { formatDay, formatMoney } from '../../shared/format.ts';
import type { Basis, Snapshot } from '../../shared/snapshot.ts';
import type { LedgerIdentity } from '../settings/ledger-identity.ts';
import type { LineStyle } from './line-pixels.ts';
import type { Paint } from './paint.ts';
import type { Block } from './report-block.ts';
import { reportBlocks } from './report-blocks.ts';
import { chartText } from './report-chart.ts';
import type { ChosenRange } from './report-range.ts';
import { momentText, nameText } from './report-words.ts';
import { type Column, tableLines } from './text-table.ts';

/** Where the figures come from. */
export interface ReportSource {
  readonly database: string;
  /** `host:port`. */
  readonly address: string;
  readonly label: LedgerIdentity['label'];
}

/** How a report is printed. */
export interface TextOptions {
  readonly width: number;
  readonly paint: Paint;
  /** How lines are drawn. */
  readonly style: LineStyle;
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
  const [today, range, ...more] = reportBlocks(snapshot, chosen).map((block) =>
    blockText(block, options),
  );
  const chart = chartText(snapshot, chosen, options);
  const footer = factsText(sourceFacts(snapshot, source), options);
  const parts = [...demoLines(source, options), today, range, chart, ...more, footer];
  return `${parts.filter((part) => part != null).join('\n\n')}\n`;
}

/** Nobody may take the demo's figures for real ones, also where only the head is read. */
export const demoLines = ({ label }: ReportSource, { paint }: TextOptions): readonly string[] =>
  label === 'DEMO' ? [paint(demoNotice, 'warning')] : [];

/** What each report of the demo says. */
export const demoNotice = 'DEMO: simulated trades, not of any account';

/** Facts by name, one a line. */
export function factsText(facts: readonly Fact[], options: TextOptions): string {
  const rows = facts.map(([name, text]) => [{ text: name, tone: 'quiet' as const }, { text }]);
  return tableLines(footerColumns, rows, options).join('\n');
}

/** One block: its heading and its table. */
export function blockText({ title, columns, head, rows, whenEmpty }: Block, options: TextOptions) {
  const heading = options.paint(title, 'heading');
  if (rows.length === 0) return `${heading}\n  ${options.paint(whenEmpty, 'quiet')}`;
  const names = head.length === 0 ? [] : [head.map((text) => ({ text, tone: 'quiet' as const }))];
  const lines = tableLines(columns, [...names, ...rows], { ...options, width: options.width - 2 });
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Name and text of one fact. */
export type Fact = readonly [string, string];

/** Which ledger it is, in words. */
export const ledgerText = ({ label, database, address }: ReportSource): string =>
  `${label} ${nameText(database)} at ${nameText(address, 120)}`;

/** The same as a fact. */
export const ledgerFact = (source: ReportSource): Fact => ['Ledger', ledgerText(source)];

/** What the figures rest on, by name: the same lines end each report. */
export function sourceFacts(
  { asOf, day, basis, server }: Snapshot,
  source: ReportSource,
): readonly Fact[] {
  const roll = `${String(basis.tradingDay.rollHour).padStart(2, '0')}:00`;
  const days = `${formatDay(day.name)}, ${momentText(day.start, day.zone)} to ${momentText(day.end, day.zone)}`;
  const kind = server.standby ? 'standby' : 'primary';
  return [
    ['As of', asOf],
    ['Trading day', `${days}, from ${roll} ${day.zone}`],
    ['Basis', basisText(basis)],
    ledgerFact(source),
    ['Server', `PostgreSQL ${versionText(server.versionNum)}, ${kind}`],
  ];
}

// Fees are taken off where the ledger has not done it: what is printed is net in both cases.
function basisText({ quantityUnit, pnlIsGross, bankroll }: Basis): string {
  return [
    `quantity = ${quantityUnit}`,
    `P&L net of fees${pnlIsGross ? " (the ledger's is gross)" : ''}`,
    `bankroll ${bankroll === null ? 'none' : formatMoney(bankroll)}`,
  ].join(' · ');
}

/** `150018` → `15.18`. */
export const versionText = (versionNum: number): string =>
  `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
