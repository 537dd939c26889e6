import { expect, test } from 'vitest';
import type { FailureCode } from '../../shared/failure.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import type { MonitorView } from '../client/monitor-store.ts';
import { emptySnapshot } from '../client/test-fixtures.ts';
import { figuresMeaning } from './figures-meaning.ts';

function failing(code: FailureCode): MonitorView {
  const failure = { code, cause: 'It failed.', remedy: '', retry: 'needs-you' } as const;
  const status = { kind: 'failing', failure, nextTryInMs: 4000, attempts: 1 } as const;
  const latest = { state: watchingState({ status }), at: 0 };
  return { latest, figures: null, refreshing: false, callError: null };
}

test('figures on screen are told by their time', () => {
  const view = failing('other');
  const confirmedBy = { state: watchingState(), at: 0 };
  const snapshot = emptySnapshot('2026-11-23T14:03:20.000000Z');
  const figures = { snapshot, sequence: 1, confirmedBy };
  expect(figuresMeaning({ ...view, figures })).toBe('Figures are from 14:03:20.');
});

test('an address that cannot be used says nothing of figures, other failures do', () => {
  expect(figuresMeaning(failing('other'))).toBe('');
  expect(figuresMeaning(failing('authentication'))).toBe('No figures have been read yet.');
});
