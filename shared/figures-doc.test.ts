import { expect, test } from 'vitest';
import { countMetrics, figureMetrics, type Metric } from './metrics.ts';

const row = ([id, { label, definition, formula }]: [string, Metric]): string =>
  `| ${label} | ${definition} | ${formula.replaceAll('|', '\\|')} | \`${id}\` |`;

const table = (metrics: Readonly<Record<string, Metric>>): string =>
  ['| figure | what it is | formula | name |', '| --- | --- | --- | --- |']
    .concat(Object.entries(metrics).map(row))
    .join('\n');

// `npx vitest run shared/figures-doc.test.ts -u` writes the document anew.
test('docs/figures.md says of each figure what the screen says', async () => {
  const text = `# Every figure

What stands in the tooltips of the screen, in one place. The name is the one that exports and tests use;
rows and classes are those of [ledger.md](ledger.md). A figure that cannot be said prints \`—\` (nothing to
compute from), \`n/a\` (the ledger or the settings cannot say), \`∞\` (nothing to divide by) or \`⚠\` (computing
it failed), with its reason.

${table(figureMetrics)}

## Counts of rows

${table(countMetrics)}
`;
  await expect(text).toMatchFileSnapshot('../docs/figures.md');
});
