import { expect, test } from '@playwright/test';
import type { MonitorState } from '../shared/monitor-state.ts';
import {
  type AlertDesk,
  alertsOf,
  openAlertDesk,
  saveRule,
  setNoonZone,
} from './support/alert-desk.ts';
import type { RunningApp } from './support/app.ts';
import { type DayLine, DayOracle, type DayPoint } from './support/crossings.ts';
import { type EngineProcess, seedHistory, startEngineCommand } from './support/engine-command.ts';
import { inMain } from './support/in-main.ts';
import { layLine, type SeverableLine } from './support/severable-line.ts';

// The engine's dip takes more than a minute of real time, in which a test mostly waits.
test.describe.configure({ mode: 'parallel', timeout: 480_000 });

/** Long enough for what the engine does, and for an app that rests fifty times as long as it read. */
const story = { timeout: 150_000, intervals: [250] };
/** It loses a few dollars a second: the falls of these tests take some seconds each. */
const losing = ['--scenario', 'losing-streak', '--interval-ms', '250'];
/** No reading comes by itself within a dip. */
const seldomMs = 60_000;

let desk: AlertDesk;
let day: DayOracle;
let line: SeverableLine;
let engine: EngineProcess | null;

test.beforeEach(async () => {
  engine = null;
  desk = await openAlertDesk();
  line = await layLine(desk.own.server.readerUrl);
  day = new DayOracle(desk.own, await setNoonZone(desk.home));
  await seedHistory(desk.own);
  await day.level();
});

test.afterEach(async () => {
  await stopEngine();
  await line.close();
  await desk.close();
});

async function startEngine(...args: readonly string[]): Promise<void> {
  engine = await startEngineCommand(desk.own, ...args);
}

async function stopEngine(): Promise<void> {
  const running = engine;
  engine = null;
  await running?.stop();
}

/** A line so many dollars below the $0.00 of the beginning, with ten dollars of recovery. */
const lineAt = (dollars: number): DayLine => ({
  threshold: `-${dollars}`,
  recovery: `-${dollars - 10}`,
});

/** Saves a rule on the day's P&L. */
async function watch(running: RunningApp, id: string, dollars: number): Promise<DayLine> {
  const drawn = lineAt(dollars);
  await saveRule(running, { id, ...drawn, keepFiringS: 0 });
  return drawn;
}

/** Waits for something of the ledger. */
async function inLedger(find: () => Promise<DayPoint | null>): Promise<DayPoint> {
  await expect.poll(find, story).not.toBeNull();
  const found = await find();
  if (found === null) throw new Error('It has gone from the ledger');
  return found;
}

const crossingOf = (drawn: DayLine): Promise<DayPoint> => inLedger(() => day.crossing(drawn));

/** The crossing of a line and the recovery from it, once both are in the ledger. */
async function dipBelow(drawn: DayLine): Promise<readonly [DayPoint, DayPoint]> {
  const crossing = await crossingOf(drawn);
  return [crossing, await inLedger(() => day.recoveryAfter(crossing, drawn))];
}

const titleOf = async ({ money }: DayPoint, { threshold }: DayLine): Promise<string> =>
  `Day P&L ${money}, line ${await day.money(threshold)}`;

const expectState = ({ page }: RunningApp, state: string): Promise<void> =>
  expect(page.getByTestId('freshness')).toHaveAttribute('data-state', state, story);

/** Asks now, and tells where the monitor stands then. */
const refresh = ({ page }: RunningApp): Promise<MonitorState> =>
  page.evaluate(async () => {
    const answer = await window.plumbline.monitor.refresh();
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  });

/** When the alerts of now began, to the microsecond. */
const beginnings = async (running: RunningApp): Promise<Record<string, string>> => {
  const { current } = await alertsOf(running);
  return Object.fromEntries(current.map(({ episode: { ruleId, start } }) => [ruleId, start.at]));
};

test('a dip and its recovery between two readings are told with the times of their closes', async () => {
  const running = await desk.start({ refreshMs: seldomMs });
  const drawn = await watch(running, 'dip', 65);
  // What its start has cost is rested for now, and not when it is to read at once.
  await refresh(running);
  await startEngine('--scenario', 'dip-and-recovery');
  await crossingOf(lineAt(10));
  const before = await refresh(running);
  const [crossing, recovery] = await dipBelow(drawn);
  await stopEngine();
  expect(desk.titles()).toEqual([]);
  const after = await refresh(running);
  // Not one reading lies between, and neither of the two has seen the P&L below the line.
  expect(after.sequence).toBe(before.sequence + 1);
  expect((before.asOf ?? '') < crossing.at && recovery.at < (after.asOf ?? '')).toBe(true);
  await expect.poll(desk.titles, story).toEqual([await titleOf(crossing, drawn)]);
  const { body } = desk.desktop.notifications()[0] ?? {};
  expect(body).toBe(`at ${crossing.clock}, recovered at ${recovery.clock}`);
  await running.close();
});

test('a dip while the app is closed is told at the next start with its times, and never again', async () => {
  const first = await desk.start();
  const upper = await watch(first, 'upper', 50);
  const lower = await watch(first, 'lower', 65);
  await first.close();
  await startEngine('--scenario', 'dip-and-recovery');
  const dips = [await dipBelow(upper), await dipBelow(lower)] as const;
  await stopEngine();
  expect(desk.titles()).toEqual([]);

  const second = await desk.start();
  await expect.poll(desk.titles, story).toEqual(['While you were away: 2 alerts']);
  const lineOf = async ([crossing, recovery]: (typeof dips)[number], drawn: DayLine) =>
    `${crossing.clock} ${await titleOf(crossing, drawn)} · recovered at ${recovery.clock}`;
  const told = `${await lineOf(dips[0], upper)}\n${await lineOf(dips[1], lower)}`;
  expect(desk.desktop.notifications()[0]?.body).toBe(told);
  await second.close();

  const third = await desk.start();
  await refresh(third);
  await third.close();
  expect(desk.titles()).toHaveLength(1);
});

test('an outage neither ends nor repeats what fires, and what crossed in it is told with its time', async () => {
  const running = await desk.start({ databaseUrl: line.url });
  const upper = await watch(running, 'upper', 15);
  const lower = await watch(running, 'lower', 60);
  await startEngine(...losing);
  const firstTitle = await titleOf(await crossingOf(upper), upper);
  // It rests until the line is cut: what comes then crosses the lower line in the outage.
  await stopEngine();
  await expect.poll(desk.titles, story).toEqual([firstTitle]);
  line.cut();
  await expectState(running, 'disconnected');
  expect(await day.crossing(lower)).toBeNull();
  await startEngine(...losing);
  const crossing = await crossingOf(lower);
  await expect(running.page.getByTestId('alert-strip')).toContainText('Day P&L');
  expect(desk.titles()).toEqual([firstTitle]);

  line.mend();
  await expectState(running, 'live');
  await expect.poll(desk.titles, story).toEqual([firstTitle, await titleOf(crossing, lower)]);
  expect(desk.desktop.notifications()[1]?.body).toBe(`at ${crossing.clock}`);
  await stopEngine();
  await refresh(running);
  expect(await beginnings(running)).toEqual({
    upper: (await crossingOf(upper)).at,
    lower: crossing.at,
  });
  await running.close();
  expect(desk.titles()).toHaveLength(2);
});

test('what crossed while the machine slept is told with its time, once', async () => {
  const running = await desk.start();
  const drawn = await watch(running, 'line', 30);
  // A process that is stopped is as far from its timers as one of a machine that sleeps.
  const child = running.app.process();
  child.kill('SIGSTOP');
  await startEngine(...losing);
  const crossing = await crossingOf(drawn);
  // The loss goes on: how it stands at waking up is not what crossed the line.
  await crossingOf(lineAt(45));
  child.kill('SIGCONT');
  await inMain(running.app, ({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect.poll(desk.titles, story).toEqual([await titleOf(crossing, drawn)]);
  expect(desk.desktop.notifications()[0]?.body).toBe(`at ${crossing.clock}`);
  await expectState(running, 'live');
  await stopEngine();
  await refresh(running);
  expect(await beginnings(running)).toEqual({ line: crossing.at });
  await running.close();
  expect(desk.titles()).toHaveLength(1);
});
