import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type ClosedTrade, closeTrades } from '../../e2e/support/closes.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import type { Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import type { Toast } from '../../shared/alerts/toast.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { ledgerOptionsOf } from '../ledger/ledger-options.ts';
import type { Reading } from '../ledger/snapshot.ts';
import { openTestedLedger, type TestedLedger } from '../ledger/test-support/tested-ledger.ts';
import { systemClock } from '../monitor/clock.ts';
import { openAlertFiles } from './alert-files.ts';
import { Alerts } from './alerts.ts';
import { Evaluation } from './evaluation.ts';
import { noRules } from './stored-alerts.ts';

// The real alerts on a real ledger, from a committed row to the toast; only the desktop is not there.

const settings: Settings = { ...defaultSettings, tradingDay: { zone: 'UTC', rollHour: 0 } };
const options = ledgerOptionsOf(settings, {
  ...{ namesCloses: true, asksPending: true, namesFailed: true },
});

let tested: TestedLedger;
let home: string;
let desks: Desk[] = [];

beforeAll(async () => {
  tested = await openTestedLedger();
});

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-alerts-'));
  await tested.own.engine.query('truncate paper_trades');
  // Kept history belongs to another test's rows.
  tested.ledger.configure({ ...options, namesCloses: false });
  tested.ledger.configure(options);
});

afterEach(async () => {
  for (const desk of desks) await desk.alerts.stop();
  desks = [];
  await rm(home, { recursive: true, force: true });
});

afterAll(() => tested.close());

/** Plumbline between a start and its end, on the files of the test's home. */
class Desk {
  readonly alerts: Alerts;
  readonly toasts: Toast[];

  constructor(alerts: Alerts, toasts: Toast[]) {
    this.alerts = alerts;
    this.toasts = toasts;
  }

  /** Looks at the ledger at an instant of the database's clock. */
  async look(at: string): Promise<void> {
    await this.alerts.evaluate(await readAt(at));
  }

  episodes(): Episode[] {
    const { book } = this.alerts;
    return [...book.ended(), ...book.lasting()].sort((a, b) => (a.start.at < b.start.at ? -1 : 1));
  }

  /** Scope, start, value, end and why it ended, in short. */
  told(): string[] {
    return this.episodes().map(({ scope, start, end, endReason }) =>
      [scope, clock(start.at), start.value, end && clock(end.at), endReason]
        .filter((part) => part !== null)
        .join(' '),
    );
  }

  titles(): string[] {
    return this.toasts.map(({ title }) => title);
  }
}

async function readAt(at: string): Promise<Reading> {
  await tested.clock.fixAt(at);
  for (;;) {
    const reading = await tested.ledger.refresh(8000);
    if (reading !== null) return reading;
  }
}

const clock = (at: string): string => at.slice(8, 19);

async function openDesk(ledger = 'desk-1'): Promise<Desk> {
  const toasts: Toast[] = [];
  const files = await openAlertFiles(home, (sentence) => {
    throw new Error(sentence);
  });
  const alerts = new Alerts({
    ...{ files, clock: systemClock, settings: () => settings, ledger: () => ledger },
    notifier: {
      show: async (toast) => {
        toasts.push(toast);
        return 'shown';
      },
      close: () => undefined,
    },
    webhook: () => Promise.reject(new Error('No webhook is set up')),
    secret: { get: () => null, set: async () => undefined, warning: () => null },
    monitor: () => watchingState(),
    evaluateSoon: () => undefined,
    log: (sentence, error) => {
      throw new Error(sentence, { cause: error });
    },
  });
  const desk = new Desk(alerts, toasts);
  desks.push(desk);
  return desk;
}

/** With rules that have been looked at once, at the beginning of 23 November 2026 at 00:00:01. */
async function openWith(rules: readonly Rule[]): Promise<Desk> {
  const desk = await openDesk();
  await desk.alerts.change(() => ({ ...noRules, rules: [...rules] }));
  await desk.look(at('00:00:01'));
  return desk;
}

const at = (time: string, day = 23): string => `2026-11-${day}T${time}.000000Z`;
const close = (
  pnl: string,
  time: string,
  more: Partial<ClosedTrade> = {},
  day = 23,
): ClosedTrade => ({
  ...{ pnl, at: `'${at(time, day)}'::timestamptz` },
  ...more,
});
const write = (...trades: ClosedTrade[]): Promise<void> => closeTrades(tested.own.engine, trades);

async function together(...trades: ClosedTrade[]): Promise<void> {
  await tested.own.engine.query('begin');
  await write(...trades);
  await tested.own.engine.query('commit');
}

const insertRow = (columns: string, values: string): Promise<unknown> =>
  tested.own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, ${columns})
    select gen_random_uuid()::text, 'cross', 'm', 'poly', 'buy', 'YES', 10, 0.5, 0.02, ${values}`);

const dayLoss = (change: Partial<Rule> = {}): Rule =>
  someRule({ threshold: '-50', keepFiringS: 0, cooldownMin: 0, ...change });
const byMarket = { by: 'market', value: null } as const;

test('a rule by strategy tells of the strategy that it is about, and of no other', async () => {
  const desk = await openWith([
    dayLoss({ scope: { by: 'strategy', value: null } }),
    dayLoss({ id: 'one', threshold: '-10', scope: { by: 'strategy', value: 'maker' } }),
  ]);
  await write(
    close('-60', '03:12:00', { strategy: 'btc-arb' }),
    close('-49', '03:13:00', { strategy: 'other' }),
    close('-5', '03:14:00', { strategy: 'maker' }),
  );
  await desk.look(at('03:20:00'));
  expect(desk.told()).toEqual(['btc-arb 23T03:12:00 -60']);
  await write(close('-5', '03:21:00', { strategy: 'maker' }));
  await desk.look(at('03:22:00'));
  expect(desk.told()).toEqual(['btc-arb 23T03:12:00 -60', 'maker 23T03:21:00 -10']);
  await vi.waitFor(() =>
    expect(desk.titles()).toEqual([
      'Day P&L of btc-arb −$60.00, line −$50.00',
      'Day P&L of maker −$10.00, line −$10.00',
    ]),
  );
});

test('a rule by market remembers the few markets that have something to remember', async () => {
  await insertRow(
    'status, realized_pnl, resolved_at, created_at',
    `'closed', -1, t, t from (select '${at('00:00:00', 20)}'::timestamptz + interval '1 second' * i as t
     from generate_series(1, 3000) as i) as times`,
  );
  await tested.own.engine.query(`update paper_trades set market_id = 'm' || opportunity_id`);
  const desk = await openWith([dayLoss({ scope: byMarket })]);
  expect(desk.alerts.book.instances()).toEqual([]);
  await write(close('-70', '01:00:00', { market: 'kalshi:a' }), close('-1', '01:00:00'));
  await desk.look(at('01:00:05'));
  expect(desk.alerts.book.instances().map(({ scope }) => scope)).toEqual(['kalshi:a']);
});

test('a dip that came and went within one transaction is told with its own time', async () => {
  const desk = await openWith([dayLoss()]);
  await together(close('-210', '03:12:00'), close('190', '03:20:00'));
  await desk.look(at('03:20:01'));
  expect(desk.told()).toEqual(['23T03:12:00 -210 23T03:20:00 recovered']);
  await vi.waitFor(() => expect(desk.titles()).toEqual(['Day P&L −$210.00, line −$50.00']));
});

test('a single loss is told once, however often it is looked at afterwards', async () => {
  const desk = await openWith([dayLoss({ kind: 'single-loss' })]);
  await write(close('-60', '03:12:00'));
  for (const time of ['03:12:01', '03:12:02', '09:00:00']) await desk.look(at(time));
  expect(desk.told()).toEqual(['23T03:12:00 -60 23T03:12:00 event']);
});

test('after an absence what fired is one digest with its times, and a rule made after it tells nothing of it', async () => {
  const before = await openWith([
    dayLoss(),
    dayLoss({ id: 'loss', kind: 'single-loss', threshold: '-40' }),
  ]);
  await before.alerts.stop();
  await write(close('-60', '03:12:00'), close('50', '03:20:00'), close('-45', '07:00:00'));
  const desk = await openDesk();
  const made = dayLoss({ id: 'made-after', threshold: '-40' });
  await desk.alerts.change((stored) => ({ ...stored, rules: [...stored.rules, made] }));
  await write(close('30', '07:30:00'));
  await desk.look(at('09:00:00'));
  expect(desk.told().sort()).toEqual([
    '23T03:12:00 -60 23T03:12:00 event',
    '23T03:12:00 -60 23T03:20:00 recovered',
    '23T07:00:00 -45 23T07:00:00 event',
    '23T07:00:00 -55 23T07:30:00 recovered',
  ]);
  await vi.waitFor(() => expect(desk.toasts).toHaveLength(1));
  const [digest] = desk.toasts;
  expect(digest?.title).toBe('While you were away: 4 alerts');
  expect(digest?.body.split('\n').map((line) => line.slice(7, 12))).toEqual([
    ...['03:12', '03:12', '07:00', '07:00'],
  ]);
  expect(digest?.body).toContain('recovered at 03:20');
});

test('a close of yesterday that is written today is told late, once', async () => {
  const desk = await openWith([dayLoss()]);
  await write(close('-60', '22:00:00', {}, 22));
  await desk.look(at('08:00:00'));
  await desk.look(at('08:00:01'));
  await write(close('-5', '23:00:00', {}, 22));
  await desk.look(at('08:00:02'));
  expect(desk.told()).toEqual(['22T22:00:00 -60 22T22:00:00 rollover']);
  expect(desk.episodes()[0]).toMatchObject({ isLate: true, day: '2026-11-22' });
  await vi.waitFor(() => expect(desk.toasts).toHaveLength(1));
  expect(desk.toasts[0]?.body).toContain('22:00');
});

const levelRules = (...kinds: Partial<Rule>[]): Rule[] =>
  kinds.map((change) =>
    someRule({ id: change.kind ?? 'x', threshold: null, pendingS: 0, keepFiringS: 0, ...change }),
  );

test('what the figures say is told: exposure, a failed order, a halt, a silent bot', async () => {
  const desk = await openWith(
    levelRules(
      { kind: 'exposure', threshold: '15', scope: { by: 'venue', value: null } },
      { kind: 'failed-order' },
      { kind: 'halted' },
      { kind: 'no-new-rows', threshold: '30' },
    ),
  );
  const created = (time: string): string => `'${at(time)}'::timestamptz`;
  await insertRow('status, created_at', `'open', ${created('01:00:00')}`);
  await insertRow('status, created_at', `'open', ${created('01:00:00')}`);
  await desk.look(at('01:00:01'));
  await insertRow(
    'created_at, risk_approved, risk_rejection_reason',
    `${created('01:01:00')}, false, 'System is halted'`,
  );
  await insertRow(
    'created_at, risk_rejection_reason',
    `${created('01:02:00')}, 'timeout after 3 s'`,
  );
  await desk.look(at('01:02:01'));
  await desk.look(at('01:32:00'));
  await tested.own.engine.query(
    `update paper_trades set status = 'closed', realized_pnl = 0, resolved_at = ${created('01:32:30')}
     where status = 'open'`,
  );
  await desk.look(at('01:33:00'));
  expect(
    desk
      .episodes()
      .map(({ kind }, index) => `${kind} ${desk.told()[index]}`)
      .sort(),
  ).toEqual([
    'exposure poly 23T01:00:01 20 23T01:33:00 recovered',
    'failed-order 23T01:02:01 1 23T01:02:01 event',
    'halted 23T01:02:01 1 23T01:02:01 event',
    'no-new-rows 23T01:32:00 30',
  ]);
  const failed = desk.episodes().find(({ kind }) => kind === 'failed-order');
  expect(failed?.orders).toEqual([{ venue: 'poly', market: 'm', reason: 'timeout after 3 s' }]);
  await desk.look(at('03:00:00'));
  const { book } = desk.alerts;
  expect(book.instancesOf('exposure')).toEqual([]);
});

test('figures that turn out to have been others are told', async () => {
  await write(close('5', '10:00:00', {}, 21), close('1', '10:00:00', {}, 22));
  const desk = await openWith(levelRules({ kind: 'restatement' }));
  await tested.own.engine.query(`update paper_trades set realized_pnl = 4 where realized_pnl = 5`);
  await desk.look(at('08:00:00'));
  await desk.look(at('08:00:01'));
  expect(desk.told()).toEqual(['23T08:00:00 1 23T08:00:00 event']);
});

test('a month of absence on 200,000 closes is looked at once a market, not once a close and rule', async () => {
  await tested.own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, strategy_id, created_at, status, realized_pnl, resolved_at)
    select i::text, 'cross', 'm' || i % 4000, 'poly', 'buy', 'YES', 1, 0.5, 0, 's' || i % 3, at - interval '1 hour',
      'closed', (i % 7) - 3, at
    from (select i, '${at('00:00:00')}'::timestamptz - interval '25 seconds' * i as at
      from generate_series(1, 200000) as i) as closes`);
  const desk = await openDesk();
  const rules = [
    dayLoss(),
    dayLoss({ id: 'drawdown', kind: 'drawdown', threshold: '40' }),
    dayLoss({ id: 'market', threshold: '-9', scope: byMarket }),
  ];
  await desk.alerts.change(() => ({ ...noRules, rules }));
  await desk.look('2026-10-23T00:00:00.000000Z');
  const samples = countSamples();
  const reading = await readAt(at('00:00:00'));
  const sinceMs = performance.now();
  await desk.alerts.evaluate(reading);
  const tookMs = performance.now() - sinceMs;
  const gap = (31 * 24 * 60 * 60) / 25;
  console.info(`${samples.taken()} samples of ${gap} closes in ${Math.round(tookMs)} ms`);
  // The present of each market that closed, and what moves a rule: closes that leave it quiet are not fed.
  expect(samples.taken()).toBeGreaterThan(4000);
  expect(samples.taken()).toBeLessThan(2 * 4000);
  await write(close('-1', '00:00:01'));
  const before = samples.taken();
  await desk.look(at('00:00:02'));
  expect(samples.taken() - before).toBeLessThan(100);
  samples.stop();
}, 120_000);

/** Counts what the engine is fed with; a spy would remember each of hundreds of thousands. */
function countSamples() {
  const { feed } = Evaluation.prototype;
  let taken = 0;
  Evaluation.prototype.feed = function (...sample) {
    taken += 1;
    feed.apply(this, sample);
  };
  return {
    taken: () => taken,
    stop: () => {
      Evaluation.prototype.feed = feed;
    },
  };
}

test('what a day came to is written down when it is over, to the cent', async () => {
  const desk = await openWith([dayLoss()]);
  await write(close('0.1', '03:12:00'), close('0.2', '03:12:00'), close('-62.35', '04:00:00'));
  await desk.look(at('04:00:01'));
  await write(close('0', '23:59:59'), close('7', '00:00:00', {}, 24));
  await desk.look(at('00:00:01', 24));
  expect(desk.alerts.state().dailyCloses).toMatchObject([
    {
      ...{ day: '2026-11-23', pnl: '-62.05', closes: 4, wins: 2, draws: 1, losses: 1, open: 0 },
      alerts: [{ at: at('04:00:00') }],
    },
  ]);
  expect(desk.told()).toEqual(['23T04:00:00 -62.05 24T00:00:00 rollover']);
  await desk.look(at('00:00:02', 24));
  expect(desk.alerts.state().dailyCloses).toHaveLength(1);
});

test('alerts of another ledger are not carried over, and nothing of it is compared', async () => {
  const before = await openWith([dayLoss(), dayLoss({ id: 'loss', kind: 'single-loss' })]);
  await write(close('-60', '03:12:00'));
  await before.look(at('03:12:01'));
  await vi.waitFor(() => expect(before.toasts.length).toBeGreaterThan(0));
  await before.alerts.stop();
  await tested.own.engine.query('truncate paper_trades');
  await write(close('-70', '03:13:00'));
  const desk = await openDesk('another');
  await desk.look(at('03:14:00'));
  // The rule reads the other ledger's present; its single loss is history that nobody watched.
  expect(desk.told()).toEqual(['23T03:14:00 -70']);
  await vi.waitFor(() => expect(desk.titles()).toEqual(['Day P&L −$70.00, line −$50.00']));
});
