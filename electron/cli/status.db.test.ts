import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { newInstance } from '../../shared/alerts/instance.ts';
import { emptyRule, meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { someEpisode } from '../../shared/alerts/test-fixtures.ts';
import { noRules, noState } from '../alerts/stored-alerts.ts';
import { runStatusCommand } from './status.ts';
import { runCommand } from './test-support/run-command.ts';
import { createUnusableLedgers, unusableLedgers } from './test-support/unusable-ledgers.ts';

let own: TestLedger;
let home: string;

beforeAll(async () => {
  own = await startTestLedger();
  await createUnusableLedgers(own);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, fees, status, realized_pnl, resolved_at, strategy_id)
    values ('w', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 0, 'closed', 2.5, now(), 'good'),
      ('l', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 0, 'closed', -61.234, now(), 'bad'),
      ('o', 'unknown', 'kalshi:cpi', 'v', 'buy', 'YES', 10, 0.4, 0.02, 0, 'open', null, null, 'good')`);
});

afterAll(() => own.close());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-status-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const rule = (id: string, kind: Rule['kind'], change: Partial<Rule> = {}): Rule => ({
  ...emptyRule(id, kind),
  ...change,
});

const keepRules = (...rules: readonly Rule[]): Promise<void> =>
  writeFile(join(home, 'alert-rules.json'), JSON.stringify({ ...noRules, rules }));

const status = (args: readonly string[], url = own.server.readerUrl) =>
  runCommand(runStatusCommand, args, { DATABASE_URL: url, PLUMBLINE_HOME: home });

const dayLoss = rule('loss', 'day-pnl-low', { threshold: '-50', severity: 'critical' });

const document = z.object({
  source: z.object({ kind: z.string() }),
  worst: z.nullable(z.string()),
  firing: z.record(z.string(), z.number()),
  rules: z.array(
    z.object({
      ...{ rule: z.string(), scope: z.nullable(z.string()), state: z.string() },
      ...{ value: z.nullable(z.string()), since: z.nullable(z.string()), severity: z.string() },
    }),
  ),
});

async function rowsOf(args: readonly string[] = []) {
  const { code, out, err } = await status(['--json', ...args]);
  expect(err).toBe('');
  return { code, ...document.parse(JSON.parse(out)) };
}

describe('status, where nobody watches', () => {
  it('says that there are no rules', async () => {
    const { code, out, err } = await status(['--fail-on', 'warning']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Ledger +LEDGER trading at 127\.0\.0\.1:\d+\nAs of +2\d{3}-/);
    expect(out).toContain('Known by  one reading just now: nothing watches on this PLUMBLINE_HOME');
    expect(out).toContain('\nNo rules yet\n  Make some in the app');
    expect(await readdir(home), 'nothing is written').toEqual([]);
  });

  it('prints what fires with value, line and time, the worst first', async () => {
    await keepRules(
      rule('exposure', 'exposure', { threshold: '100' }),
      rule('off', 'drawdown', { isEnabled: false }),
      dayLoss,
    );
    const { code, out, err } = await status([]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /\n1 alert fires: 1 critical\n +State +Severity +Rule +Value +Line +Since\n +firing +critical +Day P&L +−\$58\.73 +−\$50\.00 +2\d{3}-[\d-]+ \d\d:\d\d\n +normal +warning +Exposure +\$10\.00 +\$100\.00\n +off +warning/,
    );
  });

  it('ends with 1 when something as bad as asked for fires', async () => {
    await keepRules(dayLoss);
    expect((await status(['--fail-on', 'critical'])).code).toBe(1);
    expect((await status(['--fail-on', 'warning'])).code).toBe(1);
    expect((await status([])).code).toBe(0);
    await keepRules({ ...dayLoss, severity: 'warning' });
    expect((await status(['--fail-on', 'critical'])).code).toBe(0);
    expect((await status(['--fail-on', 'warning'])).code).toBe(1);
    await keepRules({ ...dayLoss, threshold: '-60' });
    expect((await status(['--fail-on', 'warning'])).code).toBe(0);
  });

  it('tells values of a scope apart, and what waits from what fires', async () => {
    await keepRules(
      rule('by-strategy', 'day-pnl-low', {
        threshold: '-50',
        scope: { by: 'strategy', value: null },
      }),
      rule('waits', 'exposure', { threshold: '5' }),
      rule('no-limit', 'win-rate', { threshold: '0.5', lastN: 50 }),
    );
    const { code, rules, worst, firing } = await rowsOf(['--fail-on', 'warning']);
    expect({ code, worst, firing }).toEqual({
      ...{ code: 1, worst: 'warning', firing: { critical: 0, warning: 1, info: 0 } },
    });
    expect(rules).toMatchObject([
      { rule: 'by-strategy', scope: 'bad', state: 'firing', value: '-61.234' },
      { rule: 'waits', scope: null, state: 'pending', value: '10' },
      { rule: 'no-limit', scope: null, state: 'unknown', value: null },
    ]);
  });

  it('prints the value nearest to the line where all of a scope are quiet', async () => {
    const by = { by: 'strategy', value: null } as const;
    await keepRules(
      rule('by-strategy', 'day-pnl-low', { threshold: '-100', scope: by }),
      rule('good', 'day-pnl-low', { threshold: '-7', scope: { by: 'strategy', value: 'good' } }),
      rule('wins', 'single-win', { threshold: '1000', scope: by }),
    );
    const { out } = await status([]);
    expect(out).toMatch(
      /\n +normal +warning +Day P&L of bad +−\$61\.23 +−\$100\.00 +and 1 other\n/,
    );
    expect(out).toMatch(/\n +normal +warning +Day P&L of good +\+\$2\.50 +−\$7\.00\n/);
    expect(out).toMatch(/\n +normal +\w+ +Single win +— +[^\n]+ all quiet\n/);
    expect(out).not.toContain('not evaluated yet');
  });

  it('goes on from what was kept, and changes nothing of it', async () => {
    const lasting = rule('lasting', 'exposure', { threshold: '5', severity: 'critical' });
    const stale = rule('stale', 'stale', { threshold: '60' });
    await keepRules(lasting, stale);
    const of = (of: Rule) => ({
      ...newInstance(of.id, null, meaningOf(of)),
      state: {
        kind: 'firing',
        episode: someEpisode({
          ruleId: of.id,
          kind: of.kind,
          severity: of.severity,
          threshold: of.threshold,
        }),
      },
    });
    const ledger = `${new URL(own.server.readerUrl).host}/trading/paper_trades`;
    const kept = JSON.stringify({ ...noState, ledger, instances: [of(lasting), of(stale)] });
    await writeFile(join(home, 'alert-state.json'), kept);
    const { rules, source } = await rowsOf();
    expect(source.kind).toBe('once');
    expect(rules).toMatchObject([
      { rule: 'lasting', state: 'firing', since: '2026-11-23T03:12:00.000000Z', value: '10' },
      // The figures are fresh: it is about to end.
      { rule: 'stale', state: 'recovering', value: '0' },
    ]);
    expect(await readFile(join(home, 'alert-state.json'), 'utf8')).toBe(kept);
    expect((await readdir(home)).sort()).toEqual(['alert-rules.json', 'alert-state.json']);
  });

  it('what was kept of another ledger says nothing', async () => {
    await keepRules(dayLoss);
    const state = { kind: 'firing', episode: someEpisode({ ruleId: 'loss' }) };
    const instances = [{ ...newInstance('loss', null, meaningOf(dayLoss)), state }];
    const kept = { ...noState, ledger: 'elsewhere:5432/trading/paper_trades', instances };
    await writeFile(join(home, 'alert-state.json'), JSON.stringify(kept));
    const { rules } = await rowsOf();
    expect(rules).toMatchObject([{ rule: 'loss', state: 'firing' }]);
    expect(rules[0]?.since).not.toBe('2026-11-23T03:12:00.000000Z');
  });

  it('refuses rules that it cannot read, for they would look quiet', async () => {
    await writeFile(join(home, 'alert-rules.json'), '{ "version": 1, "rules": [');
    const { code, out, err } = await status([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^status: [^\n]+alert-rules\.json could not be understood[^\n]+\.\n$/);
    expect(await readdir(home)).toEqual(['alert-rules.json']);
  });

  it('says what of the rules it left out', async () => {
    await writeFile(
      join(home, 'alert-rules.json'),
      JSON.stringify({ ...noRules, rules: [dayLoss, { id: 'x', kind: 'none' }] }),
    );
    const { code, err } = await status(['--fail-on', 'critical']);
    expect(code).toBe(1);
    expect(err).toMatch(/^alert-rules\.json: rule 2 [^\n]+ is left out: [^\n]+\n$/);
  });

  it('leaves no connection behind', async () => {
    await status([]);
    await vi.waitFor(async () => expect(await own.backends()).toEqual([]));
  });

  it.each(Object.entries(unusableLedgers))('refuses %s', async (_, { url, code, says }) => {
    const result = await status([], url(own));
    expect(result.err).toMatch(/^status: [^\n]+\.\n$/);
    expect(result.err).toContain(says);
    expect(result.err).not.toContain('secret');
    expect({ code: result.code, out: result.out }).toEqual({ code, out: '' });
  });

  it.each([
    [['--fail-on', 'info'], '--fail-on takes warning or critical, not info.'],
    [['--fail-on'], '--fail-on needs a value; see status --help.'],
    [['now'], 'option or argument not understood near now'],
  ])('refuses %j', async (args, sentence) => {
    const { code, out, err } = await status(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^status: [^\n]+\.\n$/);
    expect(err).toContain(sentence);
  });
});
