import { expect, test } from 'vitest';
import { someAlert, someAlerts } from '../../shared/alerts/test-fixtures.ts';
import { metricIds } from '../../shared/metrics.ts';
import type { Figure } from '../../shared/snapshot.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { sampleSnapshot, withFigures } from '../cli/test-support/sample-snapshot.ts';
import { exposeMetrics, type Measured, metricName } from './metrics.ts';

const measured: Measured = {
  ...{ state: watchingState({ ageMs: 250, clockSkewMs: -40 }), snapshot: sampleSnapshot() },
  ...{ alerts: someAlerts({ current: [someAlert()], unacked: 1 }) },
  ...{ subscribers: 2, cut: 1, answered: 7, refused: 3 },
};

async function linesOf(change: Partial<Measured> = {}): Promise<string[]> {
  const { text } = await exposeMetrics({ ...measured, ...change });
  return text.split('\n');
}

test('each line is one of OpenMetrics, and the last one ends it', async () => {
  const { contentType, text } = await exposeMetrics(measured);
  expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(text.endsWith('# EOF\n')).toBe(true);
  const label = '\\{[a-z]+="[^"\\\\\\n]*"\\}';
  const line = new RegExp(
    `^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (gauge|counter)|EOF)|[a-z_]+(${label})? -?\\d+(\\.\\d+)?(e[+-]?\\d+)?)$`,
  );
  for (const each of text.trimEnd().split('\n')) expect(each).toMatch(line);
  const names = text.match(/^plumbline_\w+(\{.*\})?/gm) ?? [];
  expect(new Set(names).size).toBe(names.length);
});

test('figures have their value, trust its age and counters their count', async () => {
  const lines = await linesOf();
  expect(lines).toContain('plumbline_day_pnl_dollars -91.125');
  expect(lines).toContain('plumbline_open_count 41');
  expect(lines).toContain('plumbline_figures_age_seconds 0.25');
  expect(lines).toContain('plumbline_clock_skew_seconds -0.04');
  expect(lines).toContain('plumbline_freshness{state="live"} 1');
  expect(lines).toContain('plumbline_freshness{state="stale"} 0');
  expect(lines).toContain('plumbline_database_connections 1');
  expect(lines).toContain('plumbline_alerts_standing{severity="warning"} 1');
  expect(lines).toContain('plumbline_alerts_standing{severity="critical"} 0');
  expect(lines).toContain('plumbline_feed_refused_total 3');
  expect(lines).toContain('plumbline_feed_subscribers 2');
});

const reason = 'nothing to compute from';
const without: readonly Figure[] = [
  { kind: 'none', value: null, reason },
  { kind: 'not-computable', value: null, reason },
  { kind: 'infinite', value: null, reason },
  { kind: 'error', value: null, reason },
  { kind: 'value', value: `1${'0'.repeat(400)}` },
];

test.each(without)('a figure that has no finite float is left out, never 0: %o', async (figure) => {
  const text = (await linesOf({ snapshot: withFigures(figure) })).join('\n');
  expect(text).not.toContain(metricName('day-pnl'));
  expect(text).not.toMatch(/NaN|Inf/);
});

test('before the first figures there are none, and no age', async () => {
  const state = watchingState({ sequence: 0, asOf: null, ageMs: null, clockSkewMs: null });
  const text = (await linesOf({ snapshot: null, state })).join('\n');
  for (const id of metricIds) expect(text).not.toContain(`${metricName(id)} `);
  expect(text).not.toContain('plumbline_figures_age_seconds');
  expect(text).toContain('plumbline_freshness{state="starting"} 1');
});

test('contracts are no dollars', async () => {
  const basis = { ...sampleSnapshot().basis, quantityUnit: 'contracts' } as const;
  const text = (await linesOf({ snapshot: sampleSnapshot({ basis }) })).join('\n');
  expect(text).toContain('plumbline_turnover_contracts ');
  expect(text).not.toContain('plumbline_turnover_dollars ');
});

test('names are told apart and end in their unit', () => {
  const names = metricIds.map((id) => metricName(id));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('plumbline_hold_mean_seconds');
  expect(names).toContain('plumbline_win_rate_ratio');
});
