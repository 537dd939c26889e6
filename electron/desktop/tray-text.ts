import { formatAge, formatCount, formatFigure, formatPnl } from '../../shared/format.ts';
import { type Freshness, freshnessOf } from '../../shared/freshness.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Figure } from '../../shared/snapshot.ts';
import type { TrayLook } from './tray-icon.ts';

/** The figures that a tray has room for. */
export interface TrayFigures {
  readonly today: { readonly pnl: Figure };
  readonly counts: { readonly open: number };
}

/** Everything that the tray shows at one moment. */
export interface TrayFace {
  readonly look: TrayLook;
  readonly tooltip: string;
  /** First line of the menu. Without an age, so that the menu is seldom made anew. */
  readonly headline: string;
  readonly isPaused: boolean;
}

/** The tray's face for a state made just now, and the figures that go with it. */
export function trayFace(state: MonitorState, snapshot: TrayFigures | null): TrayFace {
  const freshness = freshnessOf(state, 0);
  const isDemo = state.profile.label === 'DEMO';
  const prefix = isDemo ? 'DEMO · ' : '';
  const standing = standingOf(freshness);
  return {
    look: { mark: freshness.kind, isDemo },
    tooltip: `${prefix}${standing === null ? '' : `${standing}: `}${figures(snapshot, freshness)}`,
    headline: `${prefix}${headline(snapshot)}${standing === null ? '' : ` (${standing.toLowerCase()})`}`,
    isPaused: freshness.kind === 'paused',
  };
}

/** The word for figures that must not be taken for current ones. */
function standingOf({ kind }: Freshness): string | null {
  switch (kind) {
    case 'starting':
    case 'live':
    case 'late':
      return null;
    case 'stale':
      return 'Stale';
    case 'disconnected':
      return 'Disconnected';
    case 'paused':
      return 'Paused';
  }
}

function figures(snapshot: TrayFigures | null, freshness: Freshness): string {
  if (snapshot === null) return 'no figures yet';
  const parts = [`${today(snapshot)} today`, `${formatCount(snapshot.counts.open)} open`];
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  return [...parts, ...(ageMs === null ? [] : [`${formatAge(ageMs)} ago`])].join(' · ');
}

const headline = (snapshot: TrayFigures | null): string =>
  snapshot === null
    ? 'No figures yet'
    : `Today ${today(snapshot)} · ${formatCount(snapshot.counts.open)} open`;

const today = (snapshot: TrayFigures): string => formatFigure(snapshot.today.pnl, formatPnl);
