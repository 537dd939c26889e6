import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../renderer/components/figure-words.ts';
import { someAlert, someAlerts } from '../../shared/alerts/test-fixtures.ts';
import { feedAlertsSchema, feedSnapshotSchema } from '../../shared/feed.ts';
import { figureById } from '../../shared/figure-by-id.ts';
import { unitOf } from '../../shared/metric-text.ts';
import { metricIds } from '../../shared/metrics.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { sampleSnapshot, withFigures } from '../cli/test-support/sample-snapshot.ts';
import { failure } from '../monitor/test-doubles.ts';
import { alertDocument, alertsDocument, figuresDocument, snapshotDocument } from './documents.ts';
import { SnapshotText } from './snapshot-text.ts';

describe('figures', () => {
  const contracts = { ...sampleSnapshot().basis, quantityUnit: 'contracts' } as const;
  const reason = 'no realized P&L yet · 31 open';

  test.each([
    ['with values', sampleSnapshot()],
    ['in contracts', sampleSnapshot({ basis: contracts })],
    ['without values', withFigures({ kind: 'none', value: null, reason })],
    ['that are infinite', withFigures({ kind: 'infinite', value: null, reason })],
    ['that failed', withFigures({ kind: 'error', value: null, reason })],
  ])('%s are exact, and printed as in the window', (_what, snapshot) => {
    const { figures } = figuresDocument(watchingState(), snapshot);
    for (const id of metricIds) {
      const figure = figureById(snapshot, id);
      const { text } = wordsOf(figure, unitOf(id, snapshot.basis), false);
      expect(figures?.[id]).toEqual({ figure, text });
    }
  });

  test('are null before the first ones, with the state that says why', () => {
    const state = watchingState({ sequence: 0, asOf: null, ageMs: null });
    const document = snapshotDocument({ ...state, status: { kind: 'starting' } }, null);
    expect(document).toMatchObject({ figures: null, snapshot: null, asOf: null });
    expect(document.freshness).toEqual({ kind: 'starting', ageMs: null });
  });

  test('carry the trust that the window shows', () => {
    const failing = (code: Parameters<typeof failure>[0]) => ({
      ...{ kind: 'failing' as const, failure: failure(code), nextTryInMs: 0, attempts: 1 },
    });
    const kindOf = (change: Parameters<typeof watchingState>[0]) =>
      figuresDocument(watchingState(change), null).freshness.kind;
    expect(kindOf({ ageMs: 500 })).toBe('live');
    expect(kindOf({ ageMs: 3000 })).toBe('late');
    expect(kindOf({ ageMs: 60_000 })).toBe('stale');
    expect(kindOf({ status: failing('unreachable') })).toBe('disconnected');
    expect(kindOf({ status: { kind: 'paused' } })).toBe('paused');
  });
});

describe('the text of a snapshot', () => {
  test('is the document, as it would be written at once', () => {
    const text = new SnapshotText();
    for (const snapshot of [null, sampleSnapshot(), sampleSnapshot({ newestRowAt: null })]) {
      const written = JSON.parse(text.of(watchingState(), snapshot));
      expect(written).toEqual(snapshotDocument(watchingState(), snapshot));
      expect(feedSnapshotSchema.parse(written)).toEqual(written);
    }
  });

  test('has the snapshot written once, and the state as it is now', () => {
    let written = 0;
    const snapshot = {
      ...sampleSnapshot(),
      toJSON: () => {
        written += 1;
        return { asOf: 'x' };
      },
    };
    const text = new SnapshotText();
    const first = JSON.parse(text.of(watchingState({ ageMs: 0 }), snapshot));
    const second = JSON.parse(text.of(watchingState({ ageMs: 700 }), snapshot));
    expect(written).toBe(1);
    expect([first.state.ageMs, second.state.ageMs]).toEqual([0, 700]);
  });
});

describe('alerts', () => {
  const alerts = someAlerts({
    current: [someAlert(), someAlert({ severity: 'critical' })],
    delivery: {
      quietHours: null,
      webhook: { preset: 'ntfy', url: 'https://ntfy.example/very-secret-topic', from: 'info' },
      tellsDailyClose: true,
    },
    warnings: ['The webhook https://ntfy.example/very-secret-topic fails.'],
  });

  test('say which is the worst', () => {
    expect(alertDocument(alerts).worst).toBe('critical');
    expect(alertDocument(someAlerts()).worst).toBeNull();
  });

  test('never say where they are sent', () => {
    const text = JSON.stringify([alertsDocument(alerts), alertDocument(alerts)]);
    expect(text).not.toContain('very-secret-topic');
    expect(feedAlertsSchema.parse(alertsDocument(alerts))).toEqual(alertsDocument(alerts));
  });
});
