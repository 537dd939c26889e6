import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { figureById } from '../shared/figure-by-id.ts';
import { figureValue } from '../shared/format.ts';
import { type MetricId, metricIds, metrics } from '../shared/metrics.ts';
import type { Settings } from '../shared/settings.ts';
import { snapshotSchema } from '../shared/snapshot.ts';
import { appEnvironment, launchWatching, type RunningApp, repositoryRoot } from './support/app.ts';
import { fillLedger, randomLedger } from './support/random-ledger.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

const run = promisify(execFile);

let own: TestLedger;
let running: RunningApp;

test.beforeAll(async () => {
  own = await startTestLedger();
  running = await launchWatching({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
});

test.afterAll(async () => {
  await running.close();
  await own.close();
});

/** What the built command prints, under the same home as the app. */
async function report(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ['out/main/cli.js', 'report', ...args], {
    cwd: repositoryRoot,
    // The test runner asks for colours; text is compared here.
    env: appEnvironment(running.home, {
      databaseUrl: own.server.readerUrl,
      env: { NO_COLOR: '1' },
    }),
  });
  expect(stderr).toBe('');
  return stdout;
}

/** Each metric on the Overview: exact value and printed text, all of one moment. */
const readScreen = () =>
  running.page.evaluate(
    (ids) => ({
      asOf: document.querySelector<HTMLDataElement>('[data-testid=as-of]')?.value ?? '',
      figures: ids.map((id) => {
        const [figure, ...more] = document.querySelectorAll<HTMLDataElement>(
          `data[data-testid=${id}]`,
        );
        const text = figure?.querySelector('[aria-hidden]')?.textContent ?? '';
        return { id, text, value: figure?.value, more: more.length };
      }),
    }),
    metricIds,
  );

/** The screen once it shows what was committed before the call. */
async function screenAfterCommit() {
  const { rows } = await own.engine.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  );
  const committedAt = rows[0]?.now ?? '';
  await expect
    .poll(async () => (await readScreen()).asOf > committedAt, { intervals: [50], timeout: 30_000 })
    .toBe(true);
  return readScreen();
}

/** The line of the report for people that holds a metric, without its label. */
function printedLine(text: string, id: MetricId): string {
  const lines = text
    .split('\n')
    .filter((line) => line.slice(2, 20).trimEnd() === metrics[id].label);
  expect(lines, metrics[id].label).toHaveLength(1);
  return lines[0]?.slice(20).trimStart() ?? '';
}

const ledgers = fc.sample(randomLedger, { seed: 20_261_123, numRuns: 8 });

/** Saves the settings and waits until the screen is read by them. */
async function settle(settings: Pick<Settings, 'quantityUnit' | 'pnlIsGross'>): Promise<void> {
  await writeFile(join(running.home, 'settings.json'), JSON.stringify({ version: 1, ...settings }));
  const read = () => running.page.evaluate(() => window.plumbline.monitor.snapshot());
  await expect
    .poll(read, { timeout: 30_000 })
    .toMatchObject({ ok: true, value: { basis: settings } });
}

for (const [name, settings, half] of [
  ['dollars, net', { quantityUnit: 'dollars', pnlIsGross: false }, ledgers.slice(0, 4)],
  ['contracts, gross', { quantityUnit: 'contracts', pnlIsGross: true }, ledgers.slice(4)],
] as const) {
  test(`the report equals the screen at one state of the ledger, byte for byte: ${name}`, async () => {
    test.setTimeout(180_000);
    await settle(settings);
    for (const rows of half) {
      await fillLedger(own.engine, rows);
      const { figures } = await screenAfterCommit();
      const snapshot = snapshotSchema.parse(JSON.parse(await report('--json')));
      const text = await report();
      for (const { id, value, text: shown, more } of figures) {
        expect({ id, value, more }).toEqual({
          ...{ id, more: 0 },
          value: figureValue(figureById(snapshot, id)),
        });
        expect(printedLine(text, id).slice(0, shown.length), id).toBe(shown);
      }
    }
  });
}
