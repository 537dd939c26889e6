import { type FigureId, figureIds } from '../../shared/metrics.ts';
import { rangeIds } from '../../shared/ranges.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';

const none: Figure = { kind: 'none', value: null, reason: 'no realized P&L yet · 0 open' };
const zero: Figure = { kind: 'value', value: '0' };
const noOutcomes = { wins: 0, draws: 0, losses: 0 };
const noCloses = { pnl: none, closes: 0, ...noOutcomes };

const known: Partial<Record<FigureId, Figure>> = {
  equity: { kind: 'value', value: '500' },
  'high-water-mark': { kind: 'value', value: '500' },
  'current-drawdown': zero,
  'max-drawdown': zero,
  fees: zero,
  turnover: zero,
  'open-exposure': zero,
  'worst-case': zero,
  'best-case': zero,
  'promised-pnl': zero,
};

const dayStart = '2026-11-23T00:00:00.000000Z';
const dayEnd = '2026-11-24T00:00:00.000000Z';

const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

const counts: Snapshot['counts'] = {
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
  future: 0,
  anomalies: 0,
  otherWithPnl: 0,
  oddQuantities: 0,
  oddFees: 0,
  oddEdges: 0,
  oddPrices: 0,
};

/** A snapshot of an empty ledger, for tests. */
export function emptySnapshot(asOf: string): Snapshot {
  const { bankroll, tradingDay, quantityUnit, pnlIsGross } = defaultSettings;
  return {
    asOf,
    day: { name: '2026-11-23', zone: 'UTC', start: dayStart, end: dayEnd },
    basis: { bankroll, tradingDay, quantityUnit, pnlIsGross },
    figures: record(figureIds, (id) => known[id] ?? none),
    counts,
    outcomes: noOutcomes,
    today: { ...noCloses, unscored: 0, path: [] },
    ranges: record(rangeIds, (id) => ({
      ...noCloses,
      start: id === 'all' ? null : dayStart,
      end: dayEnd,
    })),
    days: [],
    equity: {
      baseline: null,
      points: [],
      belowPeakSince: null,
      maxDrawdown: null,
      maxDrawdownPct: null,
    },
    limits: [],
    byStrategy: [],
    byOpportunityType: [],
    exposure: { markets: [], venues: [], leftOut: 0, outsideEnvelope: 0 },
    openTrades: [],
    recentCloses: [],
    largestWin: null,
    largestLoss: null,
    rejections: [],
    failures: [],
    restatements: [],
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
