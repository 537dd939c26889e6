import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchRefresh } from './refresh.ts';
import type { Timing } from './side-by-side.ts';

/** Name on the command line → what it measures. */
const benches: Readonly<Record<string, () => Promise<Timing[]>>> = { refresh: benchRefresh };

const results = join(import.meta.dirname, 'results');

async function runBench(name: string): Promise<void> {
  const bench = benches[name];
  if (bench === undefined) {
    throw new Error(
      `There is no benchmark "${name}". Known are: ${Object.keys(benches).join(', ')}.`,
    );
  }
  const timings = await bench();
  process.stdout.write(`\n${name}\n${tableOf(timings)}\n`);
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(timings, null, 2)}\n`);
}

const tableOf = (timings: readonly Timing[]): string =>
  timings
    .map(({ name, medianMs, p95Ms, ratio }) =>
      [
        name.padEnd(44),
        `median ${medianMs.toFixed(2).padStart(8)} ms`,
        `p95 ${p95Ms.toFixed(2).padStart(8)} ms`,
        `${ratio.toFixed(3).padStart(7)} ×`,
      ].join('  '),
    )
    .join('\n');

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) await runBench(name);
