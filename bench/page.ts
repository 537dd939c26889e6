import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Bar, BenchResult, Finding } from './report.ts';

const page = join(import.meta.dirname, '..', 'docs', 'performance.md');
const charts = join(import.meta.dirname, '..', 'docs', 'charts');
const begin = '<!-- Written by `npm run bench`: -->';
const end = '<!-- end -->';

type Written = BenchResult & { readonly at: string };

/** Puts the latest results of each benchmark into docs/performance.md, with a chart each. */
export async function writePage(results: string, names: readonly string[]): Promise<void> {
  const parts: string[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const result = await readResult(join(results, `${name}.json`));
    if (result === null) continue;
    findings.push(...result.findings);
    if (result.bars.length === 0) continue;
    await writeFile(join(charts, `${name}.svg`), chartOf(result.bars));
    parts.push(`![Times of ${name}, ${result.at.slice(0, 10)}](charts/${name}.svg)`);
  }
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`;
  const table = [
    '| # | figure | goal | result | |',
    '| --- | --- | --- | --- | --- |',
    ...findings.map(
      ({ figure, what, goal, result, met }) =>
        `| ${figure ?? ''} | ${what} | ${goal} | ${result} | ${met === null ? '' : met ? 'met' : '**missed**'} |`,
    ),
  ];
  const text = await readFile(page, 'utf8');
  const [head, rest] = [text.indexOf(begin), text.indexOf(end)];
  if (head < 0 || rest < head) throw new Error(`${page} has no place for the results.`);
  const body = [begin, '', `Measured on ${machine}.`, '', ...table, '', parts.join('\n\n'), ''];
  await writeFile(page, `${text.slice(0, head)}${body.join('\n')}\n${text.slice(rest)}`);
}

async function readResult(path: string): Promise<Written | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Written;
  } catch (error) {
    // This one was never run.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const [width, rowHeight, labelWidth] = [720, 24, 300];

/** Bars on a logarithmic scale: the times of a benchmark lie orders of magnitude apart. */
function chartOf(bars: readonly Bar[]): string {
  const known = bars.filter(({ ms }) => Number.isFinite(ms) && ms > 0);
  const least = Math.min(...known.map(({ ms }) => ms)) / 2;
  const span = Math.log(Math.max(...known.map(({ ms }) => ms)) / least);
  const lengthOf = (ms: number): number =>
    ((width - labelWidth - 100) * Math.log(ms / least)) / span;
  const rows = known.map(({ name, ms }, index) => {
    const y = index * rowHeight;
    const length = lengthOf(ms).toFixed(1);
    return `<text x="${labelWidth - 8}" y="${y + 16}" text-anchor="end">${name}</text>
<rect x="${labelWidth}" y="${y + 5}" width="${length}" height="14" fill="#767f8b"/>
<text x="${labelWidth + Number(length) + 6}" y="${y + 16}">${Number(ms.toPrecision(3))} ms</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${known.length * rowHeight}" font-family="sans-serif" font-size="12" fill="#767f8b">
<title>Median times, logarithmic</title>
${rows.join('\n')}
</svg>
`;
}
