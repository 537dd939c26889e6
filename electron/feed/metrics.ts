import { Counter, Gauge, type OpenMetricsContentType, Registry } from 'prom-client';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { severities } from '../../shared/alerts/rule.ts';
import { figureById } from '../../shared/figure-by-id.ts';
import { freshnessOf } from '../../shared/freshness.ts';
import { type FigureUnit, unitOf } from '../../shared/metric-text.ts';
import { type MetricId, metricIds, metrics } from '../../shared/metrics.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Basis, Snapshot } from '../../shared/snapshot.ts';

/** What is measured at the moment that somebody asks. */
export interface Measured {
  readonly state: MonitorState;
  readonly snapshot: Snapshot | null;
  readonly alerts: AlertsState;
  readonly subscribers: number;
  readonly cut: number;
  readonly answered: number;
  readonly refused: number;
}

export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

type FeedRegistry = Registry<OpenMetricsContentType>;

const freshnessKinds = ['starting', 'live', 'late', 'stale', 'disconnected', 'paused'] as const;

const inexact = 'A float, as OpenMetrics wants it; /v1/snapshot has the exact decimal.';

/** The figures in the OpenMetrics format. A figure without a value is left out, never 0. */
export async function exposeMetrics(measured: Measured): Promise<Exposition> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  addFigures(registry, measured.snapshot);
  addMonitor(registry, measured.state);
  addAlerts(registry, measured.alerts);
  addFeed(registry, measured);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** `day-pnl` as `plumbline_day_pnl_dollars`, in the unit that it has under a basis. */
export const metricName = (id: MetricId, basis?: Basis): string =>
  `plumbline_${id.replaceAll('-', '_')}${unitSuffix(unitOf(id, basis))}`;

function unitSuffix(unit: FigureUnit): string {
  switch (unit) {
    case 'pnl':
    case 'money':
    case 'price':
      return '_dollars';
    case 'fraction':
    case 'return':
    case 'ratio':
      return '_ratio';
    case 'seconds':
    case 'contracts':
      return `_${unit}`;
    case 'count':
    case 'streak':
      return '';
  }
}

function addFigures(registry: FeedRegistry, snapshot: Snapshot | null): void {
  if (snapshot === null) return;
  for (const id of metricIds) {
    const figure = figureById(snapshot, id);
    const value = Number(figure.value ?? Number.NaN);
    const name = metricName(id, snapshot.basis);
    if (figure.kind === 'value' && Number.isFinite(value))
      gauge(registry, name, `${metrics[id].label}. ${inexact}`).set(value);
  }
}

function addMonitor(registry: FeedRegistry, state: MonitorState): void {
  const freshness = freshnessOf(state, 0);
  const kinds = gauge(
    registry,
    'plumbline_freshness',
    'How far the figures can be trusted: 1 for the state of now.',
    ['state'],
  );
  for (const kind of freshnessKinds) kinds.set({ state: kind }, kind === freshness.kind ? 1 : 0);
  const number = (name: string, help: string, value: number | null): void => {
    if (value !== null) gauge(registry, name, help).set(value);
  };
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  number(
    'plumbline_figures_age_seconds',
    'Time since the figures were last confirmed.',
    seconds(ageMs),
  );
  number('plumbline_refresh_interval_seconds', 'Interval in effect.', seconds(state.intervalMs));
  number(
    'plumbline_clock_skew_seconds',
    "This machine's clock minus the database's.",
    seconds(state.clockSkewMs),
  );
  number('plumbline_database_connections', 'Connections that Plumbline holds.', state.connections);
}

function addAlerts(registry: FeedRegistry, alerts: AlertsState): void {
  const standing = gauge(registry, 'plumbline_alerts_standing', 'Alerts of now by severity.', [
    'severity',
  ]);
  for (const severity of severities) {
    const own = alerts.current.filter(({ episode }) => episode.severity === severity);
    standing.set({ severity }, own.length);
  }
  gauge(registry, 'plumbline_alerts_unacknowledged', 'Alerts that nobody has acknowledged.').set(
    alerts.unacked,
  );
}

function addFeed(registry: FeedRegistry, { subscribers, cut, answered, refused }: Measured): void {
  gauge(registry, 'plumbline_feed_subscribers', 'Readers of /v1/events.').set(subscribers);
  const count = (name: string, help: string, value: number): void =>
    new Counter({ name, help, registers: [registry] }).inc(value);
  count('plumbline_feed_cut_total', 'Readers that were cut because they did not read.', cut);
  count('plumbline_feed_answered_total', 'Requests that were answered.', answered);
  count('plumbline_feed_refused_total', 'Requests that were refused.', refused);
}

const gauge = <T extends string>(
  registry: FeedRegistry,
  name: string,
  help: string,
  labelNames: readonly T[] = [],
): Gauge<T> => new Gauge({ name, help, labelNames, registers: [registry] });

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
