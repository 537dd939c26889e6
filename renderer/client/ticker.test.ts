import { expect, test } from 'vitest';
import { watchingState } from '../../shared/test-fixtures.ts';
import { freshnessOfView } from './judge-view.ts';
import type { MonitorView } from './monitor-store.ts';
import { emptySnapshot } from './test-fixtures.ts';
import { type PageVisibility, type TickClock, Ticker } from './ticker.ts';

class ManualClock implements TickClock {
  nowMs = 0;
  timer: { callback: () => void; atMs: number } | null = null;

  now = (): number => this.nowMs;

  setTimeout = (callback: () => void, delayMs: number): number => {
    this.timer = { callback, atMs: this.nowMs + delayMs };
    return 1;
  };

  clearTimeout = (): void => {
    this.timer = null;
  };

  /** Runs the timer that is due, if one is set. */
  runTimer(): void {
    const { timer } = this;
    if (timer === null) return;
    this.timer = null;
    this.nowMs = timer.atMs;
    timer.callback();
  }
}

class ManualPage implements PageVisibility {
  hidden = false;
  listener: (() => void) | null = null;

  isHidden = (): boolean => this.hidden;

  onChange = (listener: () => void): (() => void) => {
    this.listener = listener;
    return () => {
      this.listener = null;
    };
  };

  show(visible: boolean): void {
    this.hidden = !visible;
    this.listener?.();
  }
}

function setUp(nowMs = 0) {
  const clock = new ManualClock();
  clock.nowMs = nowMs;
  const page = new ManualPage();
  return { clock, page, ticker: new Ticker(clock, page) };
}

test('ticks on full seconds, whenever it started', () => {
  const { clock, ticker } = setUp(1234);
  const ticks: number[] = [];
  ticker.subscribe(() => ticks.push(ticker.now()));
  clock.runTimer();
  clock.runTimer();
  expect(ticks).toEqual([1234, 2000, 3000]);
});

test('one timer serves all listeners, and none is left when the last has gone', () => {
  const { clock, page, ticker } = setUp();
  const undoFirst = ticker.subscribe(() => undefined);
  const undoSecond = ticker.subscribe(() => undefined);
  undoFirst();
  expect(clock.timer).not.toBeNull();
  undoSecond();
  expect(clock.timer).toBeNull();
  expect(page.listener).toBeNull();
});

test('rests while the window is hidden and catches up at once when it shows again', () => {
  const { clock, page, ticker } = setUp();
  ticker.subscribe(() => undefined);
  page.show(false);
  expect(clock.timer).toBeNull();
  clock.nowMs = 61_500;
  page.show(true);
  expect(ticker.now()).toBe(61_500);
  expect(clock.timer?.atMs).toBe(62_000);
});

test('catches up between two ticks, and keeps to the full second after', () => {
  const { clock, page, ticker } = setUp();
  const ticks: number[] = [];
  ticker.catchUp();
  expect(clock.timer).toBeNull();
  ticker.subscribe(() => ticks.push(ticker.now()));
  clock.nowMs = 400;
  ticker.catchUp();
  clock.runTimer();
  page.show(false);
  clock.nowMs = 5000;
  ticker.catchUp();
  expect(ticks).toEqual([0, 400, 1000, 1000]);
});

test('figures turn late and stale by ticking alone, when the process that sent them has died', () => {
  const { clock, ticker } = setUp();
  const received = { state: watchingState(), at: 0 };
  const view: MonitorView = {
    latest: received,
    figures: {
      snapshot: emptySnapshot('2026-11-23T14:03:20.000000Z'),
      sequence: 1,
      confirmedBy: received,
    },
    refreshing: false,
    callError: null,
  };
  const kinds: string[] = [];
  ticker.subscribe(() => kinds.push(freshnessOfView(view, ticker.now()).kind));
  for (let second = 1; second <= 7; second += 1) clock.runTimer();
  expect(kinds).toEqual(['live', 'live', 'live', 'late', 'late', 'late', 'late', 'stale']);
});
