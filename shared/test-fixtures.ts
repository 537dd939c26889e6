import type { MonitorState } from './monitor-state.ts';
import { latencyClassesMs, type OwnCost } from './own-cost.ts';

/** The monitor watching, its figures just confirmed at 14:03:20, for tests of every room. */
export const watchingState = (change: Partial<MonitorState> = {}): MonitorState => ({
  status: { kind: 'watching' },
  sequence: 1,
  asOf: '2026-11-23T14:03:20.000000Z',
  ageMs: 0,
  intervalMs: 1000,
  wishedIntervalMs: 1000,
  askedInMs: null,
  connections: 1,
  connectionBudget: 3,
  clockSkewMs: 0,
  loaded: null,
  profile: { name: 'desk-1', label: 'PAPER', host: 'localhost:5432' },
  ...change,
});

const noLatency = {
  count: 0,
  p50Ms: null,
  p95Ms: null,
  histogram: [...latencyClassesMs, 0].map(() => 0),
};

/** What watching costs before anything was asked. */
export const noCost: OwnCost = {
  ...{ forMs: 0, probe: noLatency, refresh: noLatency, dutyCycle: 0, dutyCycleLimit: 0.02 },
  ...{ spentMs: 0, upkeepMs: 0, received: 0, sent: 0 },
  history: {
    ...{ loaded: 0, unfit: null, closes: 0, bytes: 0, rowsSwept: 0, surveyMs: null, audit: null },
  },
};
