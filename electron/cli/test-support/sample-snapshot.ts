import { type FigureId, figureIds } from '../../../shared/metrics.ts';
import { type RangeId, rangeIds } from '../../../shared/ranges.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import type { Figure, Range, Snapshot } from '../../../shared/snapshot.ts';

/** A figure with a value. */
export const figureOf = (value: string): Figure => ({ kind: 'value', value });

const asOf = '2026-11-23T14:03:20.000000Z';
const dayStart = '2026-11-23T00:00:00.000000Z';
const dayEnd = '2026-11-24T00:00:00.000000Z';

// Each figure has another value, so that one printed in another's place is found out.
const figures = Object.fromEntries(
  figureIds.map((id, index): [FigureId, Figure] => [id, figureOf(`${index * 7 - 91}.125`)]),
) as Record<FigureId, Figure>;

const closes = { pnl: figureOf('41.855'), closes: 11, wins: 6, draws: 1, losses: 4 };
const range: Range = {
  ...closes,
  ...{ start: '2026-10-25T00:00:00.000000Z', end: dayEnd },
};

const counts: Snapshot['counts'] = {
  ...{ all: 1207, rejected: 31, failed: 17, executed: 1159, open: 41, closed: 1111, other: 7 },
  ...{ scored: 1108, unscored: 3, undated: 2, future: 0, anomalies: 1, otherWithPnl: 0 },
  ...{ oddQuantities: 0, oddFees: 0, oddEdges: 0, oddPrices: 5 },
};

const outcomes = { wins: 600, draws: 8, losses: 500 };

/** A snapshot with something in every place. */
export function sampleSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  const { bankroll, tradingDay, quantityUnit, pnlIsGross } = defaultSettings;
  return {
    asOf,
    day: { name: '2026-11-23', zone: 'UTC', start: dayStart, end: dayEnd },
    basis: { bankroll, tradingDay, quantityUnit, pnlIsGross },
    ...{ figures, counts, outcomes },
    today: { ...closes, unscored: 1, path: [] },
    ranges: Object.fromEntries(rangeIds.map((id) => [id, range])) as Record<RangeId, Range>,
    days: [],
    equity: {
      ...{ baseline: { at: dayStart, equity: '500' }, points: [], belowPeakSince: dayStart },
      ...{ maxDrawdown: { peakAt: dayStart, troughAt: asOf, recoveredAt: null } },
      maxDrawdownPct: null,
    },
    limits: [
      {
        ...{ kind: 'daily-loss', subject: null, share: '0.1', breachedByAverageLoss: true },
        ...{ used: figureOf('49'), limit: figureOf('50'), left: figureOf('1') },
      },
    ],
    byStrategy: [
      {
        ...{ group: { kind: 'none' }, trades: 1159, open: 41, scored: 1108, ...outcomes },
        exposure: figureOf('310.5'),
        ...{ pnl: figureOf('-3'), expectancy: figureOf('-0.02') },
        edgeCapture: { kind: 'not-computable', value: null, reason: 'nothing was promised' },
      },
    ],
    byOpportunityType: [],
    exposure: { markets: [], venues: [], leftOut: 2, outsideEnvelope: 5 },
    ...{ openTrades: [], recentCloses: [], largestWin: null, largestLoss: null },
    rejections: [{ reason: 'System is halted', count: 31 }],
    failures: [],
    restatements: [],
    newestRowAt: asOf,
    server: {
      ...{ versionNum: 150018, maxConnections: 100, reserved: 3, inUse: 14 },
      ...{ standby: false, roleCanWrite: false },
    },
    ...change,
  };
}

/** With all figures replaced by one. */
export const withFigures = (figure: Figure): Snapshot =>
  sampleSnapshot({
    figures: Object.fromEntries(figureIds.map((id) => [id, figure])) as Record<FigureId, Figure>,
  });
