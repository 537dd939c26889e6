import type { LedgerFailure } from '../../shared/failure.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { closeSeriesOf } from '../ledger/close-series.ts';
import { nobodyAsked } from '../ledger/snapshot.ts';
import { TradeCursorError } from '../ledger/trade-cursor.ts';
import type { Clock } from './clock.ts';
import { Monitor } from './monitor.ts';
import { noHistory, type WatchedLedger } from './watched-ledger.ts';

/** A clock that moves when told; `tick` also lets promises settle at each timer. */
export function fakeClock() {
  let nowMs = 1_000_000;
  let wallOffsetMs = 1_700_000_000_000;
  let timers: { readonly atMs: number; readonly task: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const clock: Clock = {
    monotonicMs: () => nowMs,
    wallMs: () => nowMs + wallOffsetMs,
    after: (ms, task) => {
      const timer = { atMs: nowMs + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    random: () => 0.5,
  };
  const tick = async (ms: number): Promise<void> => {
    const endMs = nowMs + ms;
    for (;;) {
      await settle();
      const next = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      nowMs = Math.max(nowMs, next.atMs);
      next.task();
    }
    nowMs = endMs;
  };
  return {
    ...{ clock, tick, settle },
    /** Time passes, yet no timer fires: the process did not run. */
    freeze: (ms: number): void => {
      nowMs += ms;
    },
    /** Somebody sets the wall clock, or the machine slept: the monotonic clock does not see it. */
    jumpWall: (ms: number): void => {
      wallOffsetMs += ms;
    },
  };
}

/** A failure of one class. */
export const failure = (
  code: LedgerFailure['code'],
  retry: LedgerFailure['retry'] = 'backoff',
) => ({
  ...{ code, retry, cause: 'It failed.', remedy: '' },
});

/** The cursor that a fake ledger does not take. */
export const brokenCursor = 'broken';

/** A ledger whose answers the test decides; it counts what it was asked. */
export function fakeLedger(clock: Clock) {
  const ledger = {
    probes: 0,
    reads: 0,
    oddAsks: [] as string[],
    /** Cursors of the pages that were asked for. */
    pages: [] as string[],
    oddDeadlinesMs: [] as number[],
    underWay: 0,
    most: 0,
    token: 'a',
    validUntil: '9999-01-01T00:00:00.000000Z',
    spent: 0,
    /** What of it was upkeep. */
    upkeep: 0,
    /** Refreshes that load history before there are figures. */
    slicesLeft: 0,
    audits: 0,
    costMs: 1,
    isCrowded: false,
    /** Pages of trades cost as much beside. */
    pageCostMs: 0,
    /** Cuts the last connection. */
    cut: (): void => undefined,
    broken: null as LedgerFailure | null,
    brokenOnce: null as LedgerFailure | null,
    brokenOdd: null as LedgerFailure | null,
    /** Held back answers, when the test wants to answer by itself. */
    gate: null as Promise<void> | null,
    /** The same for questions of one kind. */
    gates: {} as {
      probe?: Promise<void>;
      read?: Promise<void>;
      oddRows?: Promise<void>;
      trades?: Promise<void>;
    },
  };
  const ask = async (kind: keyof typeof ledger.gates): Promise<string> => {
    ledger.underWay += 1;
    ledger.most = Math.max(ledger.most, ledger.underWay);
    await (ledger.gates[kind] ?? ledger.gate);
    ledger.underWay -= 1;
    ledger.spent += ledger.costMs;
    const broken = ledger.brokenOnce ?? ledger.broken;
    ledger.brokenOnce = null;
    if (broken !== null) throw broken;
    return new Date(clock.wallMs()).toISOString().replace('Z', '000Z');
  };
  const watched: WatchedLedger = {
    probe: async () => {
      ledger.probes += 1;
      return { asOf: await ask('probe'), token: ledger.token };
    },
    refresh: async () => {
      ledger.reads += 1;
      const asOf = await ask('read');
      const { token, validUntil } = ledger;
      if (ledger.slicesLeft > 0) {
        ledger.slicesLeft -= 1;
        ledger.upkeep += ledger.costMs;
        return null;
      }
      return {
        ...{ snapshot: { asOf } as Snapshot, token, validUntil, series: closeSeriesOf([]) },
        unshown: {
          ...{ markets: [], venues: [], halted: 0, pending: nobodyAsked, newestFailed: [] },
          edgeCapture: { kind: 'none' as const, value: null, reason: '' },
        },
      };
    },
    oddRows: async (id, deadlineMs) => {
      ledger.oddAsks.push(id);
      ledger.oddDeadlinesMs.push(deadlineMs);
      const asOf = await ask('oddRows');
      if (ledger.brokenOdd !== null) throw ledger.brokenOdd;
      return { asOf, total: 0, rows: [] };
    },
    trades: async (query) => {
      if (query.cursor === brokenCursor) throw new TradeCursorError('The cursor is broken.');
      ledger.pages.push(query.cursor ?? '');
      const asOf = await ask('trades');
      ledger.spent += ledger.pageCostMs;
      if (ledger.brokenOdd !== null) throw ledger.brokenOdd;
      return { asOf, trades: [], nextCursor: null };
    },
    onLost: (listener) => {
      ledger.cut = listener;
    },
    held: () => 1,
    spentMs: () => ledger.spent,
    upkeepMs: () => ledger.upkeep,
    traffic: () => ({ received: 0, sent: 0 }),
    history: () => ({ ...noHistory, loaded: 0.5 }),
    audit: () => {
      ledger.audits += 1;
    },
    crowded: () => ledger.isCrowded,
    failureOf: (error) => error as LedgerFailure,
  };
  return { ledger, watched };
}

/** A monitor on a driven clock and a fake ledger, with all that it told. */
export function setUp(baseIntervalMs = 1000) {
  const time = fakeClock();
  const { ledger, watched } = fakeLedger(time.clock);
  const profile = { name: 'test', label: 'LEDGER', host: 'localhost:5432' } as const;
  const logged: unknown[] = [];
  const monitor = new Monitor({
    ...{ clock: time.clock, baseIntervalMs, connectionBudget: 3, profile },
    log: (_, error) => logged.push(error),
  });
  const start = (): void => monitor.start(watched, profile);
  const states: MonitorState[] = [];
  monitor.onChange((state) => states.push(state));
  return { ...time, ledger, logged, monitor, start, states };
}

/** A gate that the test opens. */
export function gate() {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}

/** What a promise came to so far. */
export function follow<T>(promise: Promise<T>) {
  const seen = { value: null as T | null, error: null as unknown };
  promise.then(
    (value) => {
      seen.value = value;
    },
    (error: unknown) => {
      seen.error = error;
    },
  );
  return seen;
}
