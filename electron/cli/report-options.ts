import { rangeIds } from '../../shared/ranges.ts';
import { readOptions, UsageError, wholeNumber } from './command-io.ts';
import { type ChosenRange, defaultRange, isRangeId } from './report-range.ts';

/** How a report is written. */
export type ReportFormat = 'text' | 'json' | 'csv' | 'md';

/** What `report` is asked for. */
export type ReportRequest =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'report';
      readonly chosen: ChosenRange;
      readonly format: ReportFormat;
    }
  | { readonly kind: 'legacy'; readonly days: number; readonly format: 'text' | 'json' };

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  days: { type: 'string' },
  range: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  md: { type: 'boolean' },
  legacy: { type: 'boolean' },
} as const;

const mostDays = 3660;
const legacyDays = 7;

/** Reads the options of `report`; throws a UsageError with one sentence. */
export function reportRequest(args: readonly string[]): ReportRequest {
  const options = readOptions('report', args, optionNames);
  if (options.help === true) return { kind: 'help' };
  const format = formatOf(options);
  if (options.days !== undefined && options.range !== undefined) {
    throw new UsageError('--days and --range exclude each other.');
  }
  const days =
    options.days === undefined
      ? null
      : wholeNumber('--days', options.days, { least: 1, most: mostDays });
  if (options.legacy === true) return legacyRequest(format, days, options.range);
  return { kind: 'report', format, chosen: chosenRange(days, options.range) };
}

function formatOf(
  options: {
    readonly [format in 'json' | 'csv' | 'md']?: boolean | undefined;
  },
): ReportFormat {
  const formats = (['json', 'csv', 'md'] as const).filter((name) => options[name] === true);
  if (formats.length > 1) {
    const names = formats.map((name) => `--${name}`).join(' and ');
    throw new UsageError(`${names} exclude each other.`);
  }
  return formats[0] ?? 'text';
}

function legacyRequest(
  format: ReportFormat,
  days: number | null,
  range: string | undefined,
): ReportRequest {
  if (range !== undefined) {
    throw new UsageError('--legacy counts back from now by --days, it takes no --range.');
  }
  if (format === 'csv' || format === 'md') {
    throw new UsageError(`--legacy prints a table or --json, not --${format}.`);
  }
  return { kind: 'legacy', format, days: days ?? legacyDays };
}

function chosenRange(days: number | null, range: string | undefined): ChosenRange {
  if (days !== null) return { kind: 'days', days };
  if (range === undefined) return defaultRange;
  if (isRangeId(range)) return { kind: 'named', id: range };
  throw new UsageError(`--range takes ${rangeIds.join(', ')}, not ${range.slice(0, 40)}.`);
}

/** What `report --help` prints. */
export const reportUsage = `report [--days N | --range ${rangeIds.join('|')}] [--json|--csv|--md]
report --legacy [--days N] [--json]

Reads the ledger that DATABASE_URL names once, as the app does, and prints its figures.

  --range NAME   trading days of the range block (30d)
  --days N       the same for today and the N-1 trading days before, 1 to ${mostDays}
  --json         the whole snapshot, exact decimals as text
  --csv          every metric: metric,value,unit,n,reason
  --md           a Markdown document
  --legacy       what the trading system's own report prints: rows created in the last
                 N days of 24 hours (${legacyDays})

Examples:
  DATABASE_URL=postgresql://reader@host/trading plumbline report
  plumbline report --range mtd --md > month.md
  plumbline report --json | jq -r '.figures["day-pnl"].value'
  plumbline report --legacy --days 7 --json

Exit codes: 0 fine, 2 usage or configuration, 3 cannot connect, 4 connected, but no ledger,
70 a mistake of Plumbline itself.
`;
