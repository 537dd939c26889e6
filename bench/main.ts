import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchAbsence } from './absence.ts';
import { benchAlerts } from './alerts.ts';
import { benchClose } from './close.ts';
import { benchFeed } from './feed.ts';
import { benchConnections, benchInserts } from './inserts.ts';
import { writePage } from './page.ts';
import { benchProbe } from './probe.ts';
import { benchRefresh } from './refresh.ts';
import { type BenchResult, tableOf } from './report.ts';
import { benchLatency, benchLoop, benchStart } from './screen.ts';
import { benchTradePages } from './trade-pages.ts';

/** Name on the command line → what it measures. */
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  connections: benchConnections,
  inserts: benchInserts,
  probe: benchProbe,
  close: benchClose,
  refresh: benchRefresh,
  latency: benchLatency,
  start: benchStart,
  loop: benchLoop,
  alerts: benchAlerts,
  absence: benchAbsence,
  feed: benchFeed,
  pages: benchTradePages,
};

const results = join(import.meta.dirname, 'results');

async function runBench(name: string): Promise<void> {
  const bench = benches[name];
  if (bench === undefined) {
    throw new Error(
      `There is no benchmark "${name}". Known are: ${Object.keys(benches).join(', ')}.`,
    );
  }
  const result = await bench();
  process.stdout.write(`\n${name}\n${tableOf(result.findings)}\n`);
  await mkdir(results, { recursive: true });
  const written = { at: new Date().toISOString(), ...result };
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(written, null, 2)}\n`);
}

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) await runBench(name);
await writePage(results, Object.keys(benches));
