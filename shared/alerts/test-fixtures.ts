import type { AlertsState, CurrentAlert } from './alerts-state.ts';
import type { Episode } from './episode.ts';
import { emptyRule, type Rule } from './rule.ts';

/** A rule on the day's P&L with changes, for tests. */
export const someRule = (change: Partial<Rule> = {}): Rule => ({
  ...emptyRule('day-loss', 'day-pnl-low'),
  ...change,
});

/** A dip of the day's P&L that lasts, with changes, for tests. */
export const someEpisode = (change: Partial<Episode> = {}): Episode => ({
  ...{ id: 'day-loss/@2026-11-23T03:12:00.000000Z', ruleId: 'day-loss', scope: null },
  ...{ kind: 'day-pnl-low', name: 'Day P&L', severity: 'warning', what: 'breach' },
  ...{ threshold: '-50', day: '2026-11-23', end: null, endReason: null },
  start: { at: '2026-11-23T03:12:00.000000Z', value: '-62.1' },
  worst: { at: '2026-11-23T03:14:00.000000Z', value: '-70' },
  ...{ isLate: false, snapshotId: 'a1', isTold: true, isEndTold: false, acked: null },
  ...{ plan: '', deliveries: [], orders: [] },
  ...change,
});

/** An alert of now, with changes, for tests. */
export const someAlert = (
  episode: Partial<Episode> = {},
  change: Partial<CurrentAlert> = {},
): CurrentAlert => ({
  ...{ episode: someEpisode(episode), state: 'firing', value: '-62.1', degraded: null },
  ...{ snoozedUntil: null, isFlapping: false },
  ...change,
});

/** All quiet and no rules, with changes, for tests. */
export const someAlerts = (change: Partial<AlertsState> = {}): AlertsState => ({
  ...{ isReady: true, current: [], rules: [], recent: [], unacked: 0, snoozedUntil: null },
  delivery: {
    quietHours: null,
    webhook: { preset: 'off', url: '', from: 'warning' },
    tellsDailyClose: false,
  },
  ...{ hasWebhookSecret: false, offersPresets: false, dailyCloses: [], warnings: [] },
  ...change,
});
