import { escapeMarkdown } from '../escape-markdown.ts';
import {
  formatCount,
  formatDay,
  formatMoney,
  formatPercent,
  formatPnl,
  formatText,
  formatTime,
} from '../format.ts';
import type { DailyClose } from './alerts-state.ts';

/** How the close of a day is told; amounts are left out in privacy. */
interface Telling {
  readonly isDemo: boolean;
  readonly hidesAmounts?: boolean | undefined;
}

const missing = '—';
const hidden = '•••';

/** The close of a day as a notification. */
export function dailyCloseToast(
  close: DailyClose,
  { isDemo, hidesAmounts = false }: Telling,
): { readonly title: string; readonly body: string } {
  const pnl = hidesAmounts ? hidden : pnlText(close);
  const alerts = close.alerts.length;
  const told = alerts === 0 ? 'no alerts' : `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`;
  return {
    title: `${isDemo ? 'DEMO · ' : ''}${formatDay(close.day)} closed at ${pnl}`,
    body: `${closesText(close)}, ${told}`,
  };
}

/** The close of a day as Markdown, for a journal. Times are UTC. */
export function dailyCloseMarkdown(close: DailyClose): string {
  const parts = [
    `# ${formatDay(close.day)} ${close.day.slice(0, 4)}: ${pnlText(close)}`,
    [
      `- P&L: ${pnlText(close)}`,
      `- Closes: ${closesText(close)}`,
      `- Left open: ${openText(close)}`,
      `- Written at: ${close.at}`,
    ].join('\n'),
    limitsPart(close),
    alertsPart(close),
  ];
  return `${parts.join('\n\n')}\n`;
}

const pnlText = ({ pnl }: DailyClose): string => (pnl === null ? missing : formatPnl(pnl));

function closesText({ pnl, closes, wins, draws, losses }: DailyClose): string {
  if (closes === 0) return pnl === null ? 'closes not known' : 'no closes';
  const total = counted(closes, 'close', 'closes');
  // Short of the closes they are not known.
  if (wins + draws + losses !== closes) return total;
  const outcomes = [
    counted(wins, 'win', 'wins'),
    ...(draws === 0 ? [] : [counted(draws, 'draw', 'draws')]),
    counted(losses, 'loss', 'losses'),
  ];
  return `${total} (${outcomes.join(', ')})`;
}

function openText({ open, openWorstCase }: DailyClose): string {
  if (open === 0) return 'nothing';
  const worst = openWorstCase === null ? 'not known' : formatPnl(openWorstCase);
  return `${counted(open, 'trade', 'trades')}, worst case ${worst}`;
}

const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

function limitsPart({ limits }: DailyClose): string {
  const head = '## Limits at the last look';
  if (limits.length === 0) return `${head}\n\nNot known: no limit is set, or nobody watched.`;
  return [
    ...[head, '', '| Limit | Used | Of the limit |', '| --- | ---: | ---: |'],
    ...limits.map(({ name, used, share }) =>
      row([
        name,
        used === null ? missing : formatMoney(used),
        share === null ? missing : formatPercent(share),
      ]),
    ),
  ].join('\n');
}

function alertsPart({ alerts }: DailyClose): string {
  if (alerts.length === 0) return '## Alerts\n\nNone.';
  return [
    ...['## Alerts', '', '| Time (UTC) | Severity | Alert | End |', '| --- | --- | --- | --- |'],
    ...alerts.map(({ at, severity, title, end }) =>
      row([formatTime(at, 'UTC'), severity, title, end]),
    ),
  ].join('\n');
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => escapeMarkdown(formatText(cell, 300))).join(' | ')} |`;
