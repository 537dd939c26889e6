import { formatAge, formatCount, formatMetric } from '../../shared/format.ts';
import { type Freshness, freshnessOf } from '../../shared/freshness.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Figure } from '../../shared/snapshot.ts';
import { alertsText, type TrayAlerts } from './tray-alerts.ts';
import type { TrayLook } from './tray-icon.ts';

/** The figures that a tray has room for. */
export interface TrayFigures {
  readonly figures: { readonly 'day-pnl': Figure };
  readonly counts: { readonly open: number };
  /** The zone that all times are told in. */
  readonly day: { readonly zone: string };
}

/** Everything that the tray shows at one moment. */
export interface TrayFace {
  readonly look: TrayLook;
  readonly tooltip: string;
  /** First line of the menu. Without an age, so that the menu is seldom made anew. */
  readonly headline: string;
  readonly isPaused: boolean;
}

/** What the tray's face is made of. */
export interface TrayFaceParts {
  /** Made just now. */
  readonly state: MonitorState;
  readonly snapshot: TrayFigures | null;
  readonly alerts: TrayAlerts;
  readonly hidesAmounts: boolean;
}

/** The tray's face of one moment. */
export function trayFace({ state, snapshot, alerts, hidesAmounts }: TrayFaceParts): TrayFace {
  const freshness = freshnessOf(state, 0);
  const isDemo = state.profile.label === 'DEMO';
  const standing = standingOf(freshness);
  const today = todayOf(snapshot, hidesAmounts);
  const told = standing === null ? '' : `${standing}: `;
  const tooltip = `${told}${figures(today, snapshot, freshness)}`;
  const aside = standing === null ? '' : ` (${standing.toLowerCase()})`;
  return {
    look: { mark: markOf(freshness, alerts), isDemo },
    tooltip: joined(isDemo ? 'DEMO' : null, alertsText(alerts), tooltip),
    headline: joined(isDemo ? 'DEMO' : null, `${headline(today, snapshot)}${aside}`),
    isPaused: freshness.kind === 'paused',
  };
}

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' · ');

/** The worst of what there is to tell: figures that are not current come before what they say. */
function markOf({ kind }: Freshness, { worst }: TrayAlerts): TrayLook['mark'] {
  switch (kind) {
    case 'disconnected':
    case 'stale':
    case 'paused':
      return kind;
    case 'starting':
    case 'late':
    case 'live':
      return worst === null || worst === 'info' ? kind : worst;
  }
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

/** Today's P&L as the menu and the tooltip word it. */
interface Today {
  readonly headline: string;
  readonly tooltip: string;
}

const hiddenAmounts: Today = { headline: 'Amounts hidden', tooltip: 'amounts hidden' };

function todayOf(snapshot: TrayFigures | null, hidesAmounts: boolean): Today {
  if (hidesAmounts || snapshot === null) return hiddenAmounts;
  const pnl = formatMetric(snapshot.figures['day-pnl'], 'day-pnl');
  return { headline: `Today ${pnl}`, tooltip: `${pnl} today` };
}

function figures(today: Today, snapshot: TrayFigures | null, freshness: Freshness): string {
  if (snapshot === null) return 'no figures yet';
  const parts = [today.tooltip, `${formatCount(snapshot.counts.open)} open`];
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  return [...parts, ...(ageMs === null ? [] : [`${formatAge(ageMs)} ago`])].join(' · ');
}

const headline = (today: Today, snapshot: TrayFigures | null): string =>
  snapshot === null
    ? 'No figures yet'
    : `${today.headline} · ${formatCount(snapshot.counts.open)} open`;
