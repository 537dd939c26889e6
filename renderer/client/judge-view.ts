import { type Freshness, freshnessOf } from '../../shared/freshness.ts';
import { instantMs } from '../../shared/instant.ts';
import type { MonitorView, ReceivedState } from './monitor-store.ts';

/** Never negative: a push may arrive after the tick that `nowMs` stands for. */
export const elapsedSince = ({ at }: ReceivedState, nowMs: number): number =>
  Math.max(0, nowMs - at);

/**
 * Judges the figures on screen, not the newest that exist: while newer ones are on their way, or
 * cannot be fetched, the old ones keep ageing.
 */
export function freshnessOfView({ latest, figures }: MonitorView, nowMs: number): Freshness {
  if (latest === null) return { kind: 'starting' };
  if (figures === null) return freshnessOf({ ...latest.state, ageMs: null }, 0);
  const { confirmedBy } = figures;
  const { ageMs } = confirmedBy.state;
  return freshnessOf({ ...latest.state, ageMs }, elapsedSince(confirmedBy, nowMs));
}

/** The database's clock when the figures on screen were read or last confirmed; null without any. */
export function asOfView({ figures }: MonitorView): string | null {
  return figures === null ? null : (figures.confirmedBy.state.asOf ?? figures.snapshot.asOf);
}

/** The database's clock now, told from its last word and this machine's monotonic clock. */
export function databaseNowMs(view: MonitorView, nowMs: number): number | null {
  const { latest } = view;
  if (latest?.state.asOf == null || latest.state.ageMs === null) return null;
  const asOfMs = instantMs(latest.state.asOf);
  return asOfMs === null ? null : asOfMs + latest.state.ageMs + elapsedSince(latest, nowMs);
}

/** Milliseconds until the next try; 0 while one is under way; null when nothing fails. */
export function nextTryMs({ latest }: MonitorView, nowMs: number): number | null {
  if (latest?.state.status.kind !== 'failing') return null;
  return Math.max(0, latest.state.status.nextTryInMs - elapsedSince(latest, nowMs));
}
