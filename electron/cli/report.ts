import type { SettingsState } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { type CommandIo, exitCodes, orUsage } from './command-io.ts';
import { exitCodeOf, explained, failureSentence } from './failure-words.ts';
import { type FoundLedger, identityOf, profileOf, settingsOf } from './find-ledger.ts';
import { legacyJson, legacyText } from './legacy-print.ts';
import { type Asked, askLedger, questionDeadlineMs } from './open-ledger.ts';
import { withProgress } from './progress.ts';
import { reportCsv } from './report-csv.ts';
import { reportMarkdown } from './report-markdown.ts';
import { type ReportRequest, reportRequest, reportUsage } from './report-options.ts';
import { type ReportSource, reportText } from './report-text.ts';
import { textOptions } from './text-options.ts';

/** Where a report comes from, and the settings that it is made with. */
interface Place extends FoundLedger {
  readonly settings: SettingsState['settings'];
}

/** Prints the figures of one snapshot, the very ones that the app would show. */
export function runReportCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return orUsage('report', io, async () => {
    const request = reportRequest(args);
    if (request.kind === 'help') {
      io.stdout(reportUsage);
      return exitCodes.fine;
    }
    const found = await profileOf(io);
    const { settings, warnings } = await settingsOf(io, found);
    for (const warning of warnings) io.stderr(`${warning}\n`);
    const asked = await withProgress('Reading the ledger', io, () =>
      ask(request, { ...found, settings }, io),
    );
    return conclude(asked, found, io);
  });
}

/** What prints the answer: written after the ledger is closed, where a mistake in it is no failure of the ledger. */
type Print = () => string;

function ask(
  request: Exclude<ReportRequest, { kind: 'help' }>,
  place: Place,
  io: CommandIo,
): Promise<Asked<Print>> {
  if (request.kind === 'legacy') {
    return askLedger(place, io, async (ledger) => {
      const report = await ledger.legacyReport(request.days, questionDeadlineMs);
      if (request.format === 'json') return () => legacyJson(report);
      const facts = { source: sourceOf(place), days: request.days };
      return () => legacyText(report, facts, textOptions(place.settings, io));
    });
  }
  const { chosen } = request;
  const options = chosen.kind === 'days' ? { lastDays: chosen.days } : {};
  return askLedger({ ...place, options }, io, async (ledger) => {
    const { snapshot } = await ledger.read(questionDeadlineMs);
    return () => reportIn(request, snapshot, { place, io });
  });
}

function conclude(asked: Asked<Print>, found: FoundLedger, io: CommandIo): number {
  switch (asked.kind) {
    case 'answered':
      io.stdout(asked.value());
      return exitCodes.fine;
    case 'failed':
      io.stderr(`report: ${failureSentence(explained(asked.failure, found))}\n`);
      return exitCodeOf(asked.failure, found);
    case 'interrupted':
      return asked.code;
  }
}

function reportIn(
  { format, chosen }: Extract<ReportRequest, { kind: 'report' }>,
  snapshot: Snapshot,
  { place, io }: { readonly place: Place; readonly io: CommandIo },
): string {
  const source = sourceOf(place);
  switch (format) {
    case 'json':
      return `${JSON.stringify(snapshot, null, 2)}\n`;
    case 'csv':
      return reportCsv(snapshot, { source, chosen });
    case 'md':
      return reportMarkdown(snapshot, { source, chosen });
    case 'text':
      return reportText(snapshot, { source, chosen }, textOptions(place.settings, io));
  }
}

function sourceOf(place: Place): ReportSource {
  const { label, name, host } = identityOf(place, place.settings);
  return { label, database: name, address: host };
}
