import type { Snapshot } from '../../shared/snapshot.ts';

const none = { kind: 'none', reason: 'no realized P&L yet · 0 open' } as const;
const zero = { kind: 'value', value: '0' } as const;
const noOutcomes = { wins: 0, draws: 0, losses: 0 };

/** A snapshot of an empty ledger, for tests. */
export function emptySnapshot(asOf: string): Snapshot {
  return {
    asOf,
    day: {
      name: '2026-11-23',
      zone: 'UTC',
      start: '2026-11-23T00:00:00.000000Z',
      end: '2026-11-24T00:00:00.000000Z',
    },
    counts: {
      all: 0,
      rejected: 0,
      failed: 0,
      executed: 0,
      open: 0,
      closed: 0,
      other: 0,
      scored: 0,
      unscored: 0,
      undated: 0,
      anomalies: 0,
      otherWithPnl: 0,
      oddQuantities: 0,
      oddFees: 0,
    },
    today: {
      pnl: none,
      closes: 0,
      unscored: 0,
      ...noOutcomes,
      peak: none,
      giveBack: none,
      path: [],
    },
    allTimePnl: none,
    outcomes: noOutcomes,
    winRate: { rate: none, n: 0, interval: null },
    openExposure: zero,
    fees: zero,
    turnover: zero,
    days: [],
    byOpportunityType: [],
    rejections: [],
    recentTrades: [],
    newestRowAt: null,
    server: {
      versionNum: 150018,
      maxConnections: 100,
      reserved: 3,
      inUse: 14,
      standby: false,
      roleCanWrite: false,
    },
  };
}
