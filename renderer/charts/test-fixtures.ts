import type { Snapshot } from '../../shared/snapshot.ts';

/** The part of a snapshot that the equity line is drawn from, for tests. */
export function equityPart(
  points: Snapshot['equity']['points'],
  change: {
    start?: string | null;
    end?: string;
    asOf?: string;
    baseline?: string | null;
    baselineAt?: string;
  } = {},
): Pick<Snapshot, 'asOf' | 'equity' | 'ranges'> {
  const {
    start = '2026-11-20T00:00:00.000000Z',
    end = '2026-11-24T00:00:00.000000Z',
    asOf = '2026-11-23T14:00:00.000000Z',
    baseline = '500',
    baselineAt = '2026-11-01T00:00:00.000000Z',
  } = change;
  const range = {
    pnl: { kind: 'value', value: '0' } as const,
    closes: 0,
    wins: 0,
    draws: 0,
    losses: 0,
    start,
    end,
  };
  return {
    asOf,
    equity: {
      baseline: baseline === null ? null : { at: baselineAt, equity: baseline },
      points,
      belowPeakSince: null,
      maxDrawdown: null,
      maxDrawdownPct: null,
    },
    ranges: { today: range, '7d': range, '30d': range, mtd: range, ytd: range, all: range },
  };
}
