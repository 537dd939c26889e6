import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { fillLedger, randomLedger } from '../../e2e/support/random-ledger.ts';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { figureById } from '../../shared/figure-by-id.ts';
import { figureValue } from '../../shared/format.ts';
import { metricIds } from '../../shared/metrics.ts';
import { type Snapshot, snapshotSchema } from '../../shared/snapshot.ts';
import { leaveDemoAddress } from '../demo/demo-address.ts';
import { runReportCommand } from './report.ts';
import { legacyOracle } from './test-support/legacy-oracle.ts';
import { runCommand } from './test-support/run-command.ts';
import { createUnusableLedgers, unusableLedgers } from './test-support/unusable-ledgers.ts';

let own: TestLedger;
let home: string;

beforeAll(async () => {
  own = await startTestLedger();
  await createUnusableLedgers(own);
});

afterAll(() => own.close());

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-report-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const report = (args: readonly string[], url = own.server.readerUrl) =>
  runCommand(runReportCommand, args, { DATABASE_URL: url, PLUMBLINE_HOME: home });

async function snapshotOf(args: readonly string[]): Promise<Snapshot> {
  const { code, out, err } = await report(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const snapshot = snapshotSchema.parse(JSON.parse(out));
  expect(out).toBe(`${JSON.stringify(snapshot, null, 2)}\n`);
  return snapshot;
}

const [closedRow] = fc.sample(randomLedger, { seed: 3, numRuns: 1 });

async function fillSomething(): Promise<void> {
  await fillLedger(own.engine, closedRow ?? []);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    values ('w', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 'closed', 2.505, now()),
      ('l', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 'closed', -1, now())`);
}

describe('report', () => {
  beforeAll(fillSomething);

  it('writes the same exact values in every format', async () => {
    const snapshot = await snapshotOf(['--json']);
    const csv = (await report(['--csv'])).out.split('\r\n');
    for (const id of metricIds) {
      const value = figureValue(figureById(snapshot, id));
      expect(
        csv.some((line) => line.startsWith(`${id},${value},`)),
        id,
      ).toBe(true);
    }
    expect((await report([])).out).toContain('Ledger       LEDGER trading at 127.0.0.1:');
    expect((await report(['--md'])).out).toContain('\n## By strategy\n');
  });

  it('takes any number of trading days', async () => {
    const week = await snapshotOf(['--days', '7', '--json']);
    expect(week.lastDays).toEqual(week.ranges['7d']);
    const day = await snapshotOf(['--days', '1', '--json']);
    expect(day.lastDays).toEqual(day.ranges.today);
    expect((await report(['--days', '400'])).out).toContain('\nLast 400 days, ');
  });

  it('goes by the settings, and says on stderr what it did not understand', async () => {
    const settings = { version: 1, bankroll: null, tradingDay: { zone: 'Mars/Olympus' } };
    await writeFile(join(home, 'settings.json'), JSON.stringify(settings));
    const { code, out, err } = await report(['--json']);
    expect(code).toBe(0);
    expect(err).toMatch(/^[^\n]*Mars\/Olympus[^\n]*\n$/);
    expect(snapshotSchema.parse(JSON.parse(out)).figures['day-return'].kind).toBe('not-computable');
    expect(await readdir(home), 'a command writes nothing').toEqual(['settings.json']);
  });

  it('reads a running demo as the demo, whatever the settings name', async () => {
    await mkdir(join(home, 'demo'));
    await leaveDemoAddress(home, own.server.readerUrl);
    const settings = {
      profile: { name: 'desk', label: 'LIVE' },
      relations: { paperTrades: 'desk.trades' },
    };
    await writeFile(join(home, 'settings.json'), JSON.stringify(settings));
    const ledger = `DEMO demo at ${new URL(own.server.readerUrl).host}`;
    for (const args of [[], ['--md'], ['--csv'], ['--legacy']]) {
      const { code, out, err } = await report(args, '');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(ledger);
      expect(out).not.toMatch(/LIVE|desk/);
    }
    expect((await report(['--json'], '')).code).toBe(0);
  });

  it('leaves no connection behind', async () => {
    await report(['--json']);
    await vi.waitFor(async () => expect(await own.backends()).toEqual([]));
  });

  it.each(Object.entries(unusableLedgers))('refuses %s', async (_, { url, code, says }) => {
    const result = await report(['--json'], url(own));
    expect(result.err).toContain(says);
    expect(result.err).toMatch(/^report: [^\n]+\.\n$/);
    expect(result.err).not.toContain('secret');
    expect({ code: result.code, out: result.out }).toEqual({ code, out: '' });
  });

  it('says what to set where no ledger is named', async () => {
    const { code, out, err } = await report([], '');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^report: DATABASE_URL is not set and no demo is running under [^\n]+; name the ledger with DATABASE_URL[^\n]+\.\n$/,
    );
  });

  it('ends with 4 where the table stays locked', async () => {
    await own.engine.query('begin; lock table paper_trades');
    const { code, out, err } = await report([]);
    await own.engine.query('rollback');
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain('locked by another session');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once at %s, and its query with it', async (signal, code) => {
    await own.engine.query('begin; lock table paper_trades');
    const listeners = process.listenerCount(signal);
    const running = report([]);
    while (process.listenerCount(signal) === listeners) await delay(1);
    await vi.waitFor(async () => expect(await own.backends()).toHaveLength(1));
    process.emit(signal, signal);
    expect(await running).toEqual({ code, out: '', err: '' });
    expect(process.listenerCount(signal)).toBe(listeners);
    await own.engine.query('rollback');
    await vi.waitFor(async () => expect(await own.backends()).toEqual([]));
  });

  it('is content when nobody reads on', async () => {
    const root = resolve(import.meta.dirname, '../..');
    const main = ['scripts/lib/run-typescript.mjs', 'electron/cli/main.ts', 'report', '--json'];
    const env = { ...process.env, DATABASE_URL: own.server.readerUrl, PLUMBLINE_HOME: home };
    const child = spawn(process.execPath, main, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    const [code] = await once(child, 'close');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });
});

const legacySchema = z.object({
  by_opportunity_type: z.array(
    z.object({ type: z.string(), trades: z.number(), pnl: z.number().nullable() }),
  ),
  risk_rejections: z.array(z.object({ reason: z.string().nullable(), count: z.number() })),
});

/** The report with its lists as sets. */
function withSets(out: string): object {
  const parsed: unknown = JSON.parse(out);
  const { by_opportunity_type: types, risk_rejections: reasons } = legacySchema.parse(parsed);
  return {
    ...z.looseObject({}).parse(parsed),
    by_opportunity_type: new Set(
      types.map(({ type, trades, pnl }) => JSON.stringify([type, trades, pnl])),
    ),
    risk_rejections: new Set(reasons.map(({ reason, count }) => JSON.stringify([reason, count]))),
  };
}

describe('report --legacy', () => {
  it('equals a computation row by row on random ledgers', async () => {
    await fc.assert(
      fc.asyncProperty(randomLedger, fc.constantFrom(1, 2, 7, 30, 3660), async (rows, days) => {
        await fillLedger(own.engine, rows);
        const { code, out, err } = await report(['--legacy', '--days', String(days), '--json']);
        expect({ code, err }).toEqual({ code: 0, err: '' });
        expect(withSets(out)).toEqual(await legacyOracle(own.engine, days));
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is not swayed by the settings of fees', async () => {
    await fillSomething();
    const net = await report(['--legacy', '--json']);
    await writeFile(join(home, 'settings.json'), JSON.stringify({ version: 1, pnlIsGross: true }));
    expect((await report(['--legacy', '--json'])).out).toBe(net.out);
  });

  it('prints a table too', async () => {
    await fillSomething();
    const { code, out } = await report(['--legacy', '--days', '2']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Rows created in the last 2 × 24 h\n {2}Trades +\d+\n/);
  });
});
