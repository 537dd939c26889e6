import type { CurrentAlert } from '../../shared/alerts/alerts-state.ts';
import { ruleName, severities } from '../../shared/alerts/rule.ts';
import { thresholdText, valueText } from '../../shared/alerts/words.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Tone } from './paint.ts';
import type { Block } from './report-block.ts';
import { leftColumn, noteColumn, rightColumn } from './report-block.ts';
import {
  blockText,
  demoLines,
  type Fact,
  factsText,
  ledgerFact,
  type TextOptions,
} from './report-text.ts';
import { momentText, nameText, plural } from './report-words.ts';
import { type KnownAlerts, type RowState, type StatusRow, statusRows } from './status-rows.ts';
import type { Column } from './text-table.ts';

/** Who knows where the alerts stand. */
export type StatusSource =
  /** Somebody watches on this home, and was asked. */
  | { readonly kind: 'app' | 'serve'; readonly pid: number | null }
  /** Nobody was there to be asked. */
  | { readonly kind: 'once'; readonly why: string };

/** Where the alerts of a ledger stand. */
export interface Status {
  readonly source: StatusSource;
  readonly ledger: MonitorState['profile'];
  /** The database's clock when the figures were confirmed; null before the first. */
  readonly asOf: string | null;
  /** Whether the rules were evaluated on fresh figures. */
  readonly isReady: boolean;
  readonly alerts: KnownAlerts;
}

/** The status for a person. */
export function statusText(status: Status, zone: string, options: TextOptions): string {
  const { source, ledger, asOf, isReady, alerts } = status;
  const { label, name, host } = ledger;
  const place = { label, database: name, address: host };
  const facts: Fact[] = [
    ledgerFact(place),
    ['As of', asOf ?? 'no figures yet'],
    ['Known by', sourceWords(source)],
    ...(isReady ? [] : [['Not yet', 'evaluated on fresh figures since that began'] as const]),
  ];
  const block = blockText(statusBlock(alerts, zone), options);
  return `${[...demoLines(place, options), factsText(facts, options), block].join('\n\n')}\n`;
}

/** The same as JSON; values are exact decimals as text. */
export function statusJson({ source, ledger, asOf, isReady, alerts }: Status): string {
  const { worst, counts } = summaryOf(alerts.current);
  const rows = statusRows(alerts).map(({ rule, scope, state, severity, value, since, note }) => ({
    ...{ rule: rule.id, name: ruleName(rule), kind: rule.kind, severity, scope, state },
    ...{ value, threshold: rule.threshold, since, note },
  }));
  const document = { source, ledger, asOf, isReady, worst, firing: counts, rules: rows };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function sourceWords(source: StatusSource): string {
  switch (source.kind) {
    case 'app':
    case 'serve': {
      const process = source.pid === null ? '' : ` (process ${source.pid})`;
      return `${source.kind === 'app' ? 'the app' : 'plumbline serve'}${process}, which watches`;
    }
    case 'once':
      return `one reading just now: ${source.why}`;
  }
}

function summaryOf(current: readonly CurrentAlert[]) {
  const counts = Object.fromEntries(
    severities.map((severity) => [
      severity,
      current.filter(({ episode }) => episode.severity === severity).length,
    ]),
  );
  return { counts, worst: severities.find((severity) => (counts[severity] ?? 0) > 0) ?? null };
}

function titleOf({ rules, current }: KnownAlerts): string {
  if (rules.length === 0) return 'No rules yet';
  const { counts } = summaryOf(current);
  const parts = severities.flatMap((severity) => {
    const count = counts[severity] ?? 0;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  if (parts.length === 0) return `No alert fires, of ${plural(rules.length, 'rule')}`;
  return `${plural(current.length, 'alert fires', 'alerts fire')}: ${parts.join(', ')}`;
}

// Rows are told apart by it: the reason beside it gives way first, and nothing of either is lost.
const ruleColumn: Column = { align: 'left', shrinksTo: 12, wraps: true, givesWayLast: true };
/** Names are whole, however long somebody made them. */
const longestName = 500;

const statusBlock = (alerts: KnownAlerts, zone: string): Block => ({
  title: titleOf(alerts),
  head: ['State', 'Severity', 'Rule', 'Value', 'Line', 'Since', ''],
  columns: [leftColumn, leftColumn, ruleColumn, rightColumn, rightColumn, leftColumn, noteColumn],
  rows: statusRows(alerts).map((row) => cellsOf(row, zone)),
  whenEmpty: 'Make some in the app, or write them to alert-rules.json: docs/alerts.md.',
});

const tones = {
  ...{ firing: 'failed', 'no data': 'failed', event: 'failed', recovering: 'warning' },
  ...{ pending: 'warning', unknown: 'warning', normal: 'good', off: 'quiet' },
} as const satisfies Readonly<Record<RowState, Tone>>;

function cellsOf({ rule, scope, state, severity, value, since, note }: StatusRow, zone: string) {
  const name = nameText(ruleName(rule), longestName);
  return [
    { text: state, tone: tones[state] },
    { text: severity },
    { text: scope === null ? name : `${name} of ${nameText(scope, longestName)}` },
    { text: value === null ? '\u2014' : valueText(rule.kind, value) },
    { text: thresholdText(rule) },
    { text: since === null ? '' : momentText(since, zone) },
    { text: nameText(note, 200).replace('(empty)', ''), tone: 'quiet' as const },
  ];
}
