import { escapeMarkdown } from '../../shared/escape-markdown.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Block } from './report-block.ts';
import { reportBlocks } from './report-blocks.ts';
import type { ChosenRange } from './report-range.ts';
import { demoNotice, type ReportSource, sourceFacts } from './report-text.ts';
import type { Column } from './text-table.ts';

/** The report as Markdown, for an issue or a wiki. */
export function reportMarkdown(
  snapshot: Snapshot,
  { source, chosen }: { readonly source: ReportSource; readonly chosen: ChosenRange },
): string {
  const facts = sourceFacts(snapshot, source).map(
    ([name, text]) => `- ${name}: ${escapeMarkdown(text)}`,
  );
  const blocks = reportBlocks(snapshot, chosen).map(blockMarkdown);
  const notice = source.label === 'DEMO' ? [`**${demoNotice}**`] : [];
  return `${['# Plumbline report', ...notice, facts.join('\n'), ...blocks].join('\n\n')}\n`;
}

function blockMarkdown({ title, columns, head, rows, whenEmpty }: Block): string {
  const heading = `## ${escapeMarkdown(title)}`;
  if (rows.length === 0) return `${heading}\n\n${whenEmpty}`;
  // A Markdown table has to have a head, be it an empty one.
  const names = columns.map((_, index) => head[index] ?? '');
  const cells = rows.map((row) => columns.map((_, index) => row[index]?.text ?? ''));
  return [
    heading,
    '',
    line(names.map(escapeMarkdown)),
    line(columns.map(rule)),
    ...cells.map((row) => line(row.map(escapeMarkdown))),
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const rule = ({ align }: Column): string => (align === 'right' ? '---:' : '---');
