import { isDisconnection } from './failure.ts';
import type { MonitorState } from './monitor-state.ts';

/** How far the figures on screen can be trusted; `ux.md` has the look of each. */
export type Freshness =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live'; readonly ageMs: number }
  | { readonly kind: 'late'; readonly ageMs: number }
  | { readonly kind: 'stale'; readonly ageMs: number | null }
  | { readonly kind: 'disconnected'; readonly ageMs: number | null }
  | { readonly kind: 'paused'; readonly ageMs: number | null };

const liveIntervals = 2;
const lateIntervals = 6;

/**
 * Judges a state that was made `elapsedMs` ago. Whoever holds the state lets its own monotonic clock
 * tick, so figures turn stale by themselves when the process that sent them has died.
 */
export function freshnessOf(state: MonitorState, elapsedMs: number): Freshness {
  const ageMs = state.ageMs === null ? null : state.ageMs + elapsedMs;
  switch (state.status.kind) {
    case 'paused':
      return { kind: 'paused', ageMs };
    case 'verifying':
      return { kind: 'stale', ageMs };
    case 'failing':
      return { kind: isDisconnection(state.status.failure.code) ? 'disconnected' : 'stale', ageMs };
    case 'starting':
    case 'watching':
      return ageMs === null ? { kind: 'starting' } : byAge(ageMs, state.intervalMs);
  }
}

function byAge(ageMs: number, intervalMs: number): Freshness {
  if (ageMs <= liveIntervals * intervalMs) return { kind: 'live', ageMs };
  if (ageMs <= lateIntervals * intervalMs) return { kind: 'late', ageMs };
  return { kind: 'stale', ageMs };
}
