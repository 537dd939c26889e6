import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { severities } from '../../shared/alerts/rule.ts';
import type {
  FeedAlert,
  FeedAlerts,
  FeedFigures,
  FeedFreshness,
  FeedHeartbeat,
  FeedSnapshot,
} from '../../shared/feed.ts';
import { figureById } from '../../shared/figure-by-id.ts';
import { formatFigure } from '../../shared/format.ts';
import { freshnessOf } from '../../shared/freshness.ts';
import { printIn, unitOf } from '../../shared/metric-text.ts';
import { type MetricId, metricIds } from '../../shared/metrics.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

/** What each document on figures begins with. */
function standingOf(state: MonitorState) {
  const freshness = freshnessOf(state, 0);
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  return {
    sequence: state.sequence,
    asOf: state.asOf,
    freshness: { kind: freshness.kind, ageMs },
  };
}

/** Every metric, exact and as the window prints it. */
export const figuresDocument = (state: MonitorState, snapshot: Snapshot | null): FeedFigures => ({
  ...standingOf(state),
  figures: snapshot === null ? null : printedFigures(snapshot),
});

export const snapshotDocument = (state: MonitorState, snapshot: Snapshot | null): FeedSnapshot => ({
  ...figuresDocument(state, snapshot),
  ...{ state, snapshot },
});

export const freshnessDocument = (state: MonitorState): FeedFreshness => ({
  ...standingOf(state),
  state,
});

export const heartbeatDocument = (state: MonitorState, subscribers: number): FeedHeartbeat => ({
  ...standingOf(state),
  ...{ status: state.status.kind, subscribers },
});

/** What stands now. */
export const alertDocument = ({ isReady, current, unacked }: AlertsState): FeedAlert => ({
  worst: worstOf(current),
  ...{ isReady, current, unacked },
});

/** All of alerts but where they are sent. */
export const alertsDocument = (alerts: AlertsState): FeedAlerts => ({
  ...alertDocument(alerts),
  rules: alerts.rules,
  recent: alerts.recent,
  snoozedUntil: alerts.snoozedUntil,
  dailyCloses: alerts.dailyCloses,
});

type PrintedFigures = NonNullable<FeedFigures['figures']>;

function printedFigures(snapshot: Snapshot): PrintedFigures {
  const printed = (id: MetricId): PrintedFigures[MetricId] => {
    const figure = figureById(snapshot, id);
    const unit = unitOf(id, snapshot.basis);
    return { figure, text: formatFigure(figure, (value) => printIn(value, unit)) };
  };
  const entries = metricIds.map((id) => [id, printed(id)] as const);
  // Every metric has its entry, which fromEntries cannot know.
  return Object.fromEntries(entries) as PrintedFigures;
}

const worstOf = (current: AlertsState['current']): FeedAlert['worst'] =>
  severities.find((severity) => current.some(({ episode }) => episode.severity === severity)) ??
  null;
