import { figureById } from '../../shared/figure-by-id.ts';
import { figureValue } from '../../shared/format.ts';
import { type FigureUnit, unitOf } from '../../shared/metric-text.ts';
import { type MetricId, metricIds, metrics } from '../../shared/metrics.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { type ChosenRange, rangeName, rangeOf } from './report-range.ts';
import { type Fact, type ReportSource, sourceFacts } from './report-text.ts';

const header = 'metric,value,unit,n,reason';

/** Every metric, the chosen range and what they rest on, as RFC 4180 has it, with exact decimals. */
export function reportCsv(
  snapshot: Snapshot,
  { source, chosen }: { readonly source: ReportSource; readonly chosen: ChosenRange },
): string {
  const lines = [
    header,
    ...metricIds.map((id) => csvLine(id, figureById(snapshot, id), csvUnit(snapshot, id))),
    ...rangeLines(snapshot, chosen),
    ...sourceFacts(snapshot, source).map(factLine),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function csvUnit({ basis }: Snapshot, id: MetricId): FigureUnit {
  const unit = unitOf(id, basis);
  // A sign in front makes no other number of it.
  return unit === 'return' ? metrics[id].unit : unit;
}

/** Its text stands in the last column, for values are numbers. */
const factLine = ([name, text]: Fact): string =>
  [csvText(name.toLowerCase().replaceAll(' ', '-')), '', 'text', '', csvText(text)].join(',');

function rangeLines(snapshot: Snapshot, chosen: ChosenRange): string[] {
  const range = rangeOf(snapshot, chosen);
  const name = `range-${rangeName(chosen)}`;
  const counts = (['closes', 'wins', 'draws', 'losses'] as const).map((field) =>
    csvLine(`${name}-${field}`, { kind: 'value', value: String(range[field]) }, 'count'),
  );
  return [csvLine(`${name}-pnl`, range.pnl, 'pnl'), ...counts];
}

function csvLine(metric: string, figure: Figure, unit: string): string {
  const n = figure.kind === 'value' && figure.n !== undefined ? String(figure.n) : '';
  const reason = figure.kind === 'value' ? '' : figure.reason;
  return [csvText(metric), figureValue(figure), csvText(unit), n, csvText(reason)].join(',');
}

/**
 * A text as one cell: quoted where it has to be, and with an apostrophe in front where a spreadsheet
 * would take it for a formula. Numbers do not come here: a minus is no formula there.
 */
export function csvText(text: string): string {
  const harmless = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
