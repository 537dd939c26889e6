import type { MonitorState } from './monitor-state.ts';

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
  profile: { name: 'desk-1', label: 'PAPER', host: 'localhost:5432' },
  ...change,
});
