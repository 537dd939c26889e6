import { expect, test } from 'vitest';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { OddRows } from '../../shared/oddities.ts';
import type { Result } from '../../shared/result.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { type MonitorClient, MonitorStore } from './monitor-store.ts';
import { emptySnapshot } from './test-fixtures.ts';

const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A main process whose answers come when the test says so. */
class ManualMain implements MonitorClient {
  readonly calls: string[] = [];
  readonly stateAnswers: ((result: Result<MonitorState>) => void)[] = [];
  readonly snapshotAnswers: ((result: Result<Snapshot | null>) => void)[] = [];
  readonly refreshAnswers: ((result: Result<MonitorState>) => void)[] = [];
  readonly pauseAnswers: ((result: Result<MonitorState>) => void)[] = [];
  readonly oddRowsAnswers: ((result: Result<OddRows>) => void)[] = [];
  readonly listeners = new Set<(state: MonitorState) => void>();

  readonly state = (): Promise<Result<MonitorState>> => this.#ask('state', this.stateAnswers);
  readonly snapshot = (): Promise<Result<Snapshot | null>> =>
    this.#ask('snapshot', this.snapshotAnswers);
  readonly refresh = (): Promise<Result<MonitorState>> => this.#ask('refresh', this.refreshAnswers);
  readonly setPaused = (paused: boolean): Promise<Result<MonitorState>> =>
    this.#ask(`setPaused ${paused}`, this.pauseAnswers);
  readonly oddRows = (id: string): Promise<Result<OddRows>> =>
    this.#ask(`oddRows ${id}`, this.oddRowsAnswers);

  readonly changed = (listener: (state: MonitorState) => void): (() => void) => {
    this.calls.push('subscribe');
    this.listeners.add(listener);
    return () => {
      this.calls.push('undo');
      this.listeners.delete(listener);
    };
  };

  push(state: MonitorState): void {
    for (const listener of this.listeners) listener(state);
  }

  #ask<T>(name: string, answers: ((result: Result<T>) => void)[]): Promise<Result<T>> {
    this.calls.push(name);
    return new Promise((resolve) => answers.push(resolve));
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const snapshotAt = (time: string): Snapshot => emptySnapshot(`2026-11-23T${time}.000000Z`);

function setUp() {
  const main = new ManualMain();
  const clock = { nowMs: 0 };
  const store = new MonitorStore(main, () => clock.nowMs);
  return { main, clock, store };
}

test('subscribes before it asks, so that no change falls between', () => {
  const { main, store } = setUp();
  store.start();
  expect(main.calls).toEqual(['subscribe', 'state']);
});

test('shows the state that it asked for and fetches its figures', async () => {
  const { main, store } = setUp();
  store.start();
  main.stateAnswers[0]?.(ok(watchingState()));
  await settled();
  expect(main.calls).toEqual(['subscribe', 'state', 'snapshot']);
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  expect(store.view().figures?.snapshot.asOf).toBe('2026-11-23T14:03:20.000000Z');
});

test('drops the first state when a push has overtaken it', async () => {
  const { main, store } = setUp();
  store.start();
  main.push(watchingState({ sequence: 7, connections: 2 }));
  main.stateAnswers[0]?.(ok(watchingState({ sequence: 6, connections: 0 })));
  await settled();
  expect(store.view().latest?.state).toMatchObject({ sequence: 7, connections: 2 });
});

test('asks for no figures before there are any', async () => {
  const { main, store } = setUp();
  store.start();
  main.push(watchingState({ status: { kind: 'starting' }, sequence: 0, asOf: null, ageMs: null }));
  await settled();
  expect(main.calls).not.toContain('snapshot');
});

test('never has two fetches in flight, and fetches once more when the figures moved on', async () => {
  const { main, store } = setUp();
  store.start();
  for (const sequence of [1, 2, 3]) main.push(watchingState({ sequence }));
  expect(main.snapshotAnswers).toHaveLength(1);
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  expect(main.snapshotAnswers).toHaveLength(2);
  expect(store.view().figures?.sequence).toBe(1);
  main.snapshotAnswers[1]?.(ok(snapshotAt('14:03:22')));
  await settled();
  expect(main.snapshotAnswers).toHaveLength(2);
  expect(store.view().figures).toMatchObject({ sequence: 3 });
});

test('a confirmation without new figures renews their age and fetches nothing', async () => {
  const { main, clock, store } = setUp();
  store.start();
  main.push(watchingState());
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  const before = store.view().figures?.snapshot;
  clock.nowMs = 1000;
  main.push(watchingState({ asOf: '2026-11-23T14:03:21.000000Z' }));
  const { figures } = store.view();
  expect(figures?.snapshot).toBe(before);
  expect(figures?.confirmedBy).toMatchObject({ at: 1000 });
  expect(main.snapshotAnswers).toHaveLength(1);
});

test('figures that newer ones have replaced are not confirmed by the newer state', async () => {
  const { main, store } = setUp();
  store.start();
  main.push(watchingState());
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  main.push(watchingState({ sequence: 2, asOf: '2026-11-23T14:03:25.000000Z' }));
  expect(store.view().figures?.confirmedBy.state.asOf).toBe('2026-11-23T14:03:20.000000Z');
});

test('an answer to an earlier run is dropped', async () => {
  const { main, store } = setUp();
  const stop = store.start();
  main.push(watchingState({ sequence: 1 }));
  stop();
  store.start();
  main.push(watchingState({ sequence: 2 }));
  expect(main.snapshotAnswers).toHaveLength(1);
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  expect(store.view().figures).toBeNull();
  main.snapshotAnswers[1]?.(ok(snapshotAt('14:03:22')));
  await settled();
  expect(store.view().figures?.sequence).toBe(2);
});

test('its undo ends the subscription and lets late answers fall', async () => {
  const { main, store } = setUp();
  const stop = store.start();
  stop();
  expect(main.listeners.size).toBe(0);
  main.stateAnswers[0]?.(ok(watchingState()));
  await settled();
  expect(store.view().latest).toBeNull();
});

test('a failed fetch keeps the old figures, says so, and waits for the next push', async () => {
  const { main, store } = setUp();
  store.start();
  main.push(watchingState());
  main.snapshotAnswers[0]?.({ ok: false, error: { code: 'internal', message: 'No figures.' } });
  await settled();
  expect(store.view().callError?.message).toBe('No figures.');
  expect(main.snapshotAnswers).toHaveLength(1);
  main.push(watchingState());
  main.snapshotAnswers[1]?.(ok(snapshotAt('14:03:20')));
  await settled();
  expect(store.view()).toMatchObject({ callError: null, figures: { sequence: 1 } });
});

test('a person refreshes once at a time', async () => {
  const { main, store } = setUp();
  store.start();
  void store.refresh();
  void store.refresh();
  expect(main.refreshAnswers).toHaveLength(1);
  expect(store.view().refreshing).toBe(true);
  main.refreshAnswers[0]?.(ok(watchingState()));
  await settled();
  expect(store.view().refreshing).toBe(false);
});

test('another ledger starts from nothing: its sequence is 0 again', async () => {
  const { main, store } = setUp();
  store.start();
  main.push(watchingState());
  main.snapshotAnswers[0]?.(ok(snapshotAt('14:03:20')));
  await settled();
  main.push(watchingState({ sequence: 0, asOf: null, ageMs: null }));
  expect(store.view().figures).toBeNull();
});

test('a person resumes, and hears of it when that fails', async () => {
  const { main, store } = setUp();
  store.start();
  void store.setPaused(false);
  expect(main.calls).toContain('setPaused false');
  main.pauseAnswers[0]?.({ ok: false, error: { code: 'internal', message: 'Still paused.' } });
  await settled();
  expect(store.view().callError?.message).toBe('Still paused.');
});
