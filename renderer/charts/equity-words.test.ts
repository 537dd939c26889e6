import { expect, test } from 'vitest';
import { emptySnapshot } from '../client/test-fixtures.ts';
import { equityExtremes, equitySeries } from './equity-series.ts';
import { chartSummary, emptyText, lineNotes } from './equity-words.ts';
import { equityPart } from './test-fixtures.ts';

const bare = emptySnapshot('2026-11-23T14:00:00.000000Z');
const close: Parameters<typeof equityPart>[0] = [['2026-11-21T10:00:00.000000Z', '490', '500']];

const notes = (counts: Partial<(typeof bare)['counts']>) =>
  lineNotes({ ...bare, counts: { ...bare.counts, ...counts } });

test('closes dated in the future are told', () => {
  expect(notes({ scored: 1 })).toBe('');
  expect(notes({ future: 1 })).toBe('1 close is dated in the future');
  expect(notes({ future: 2 })).toBe('2 closes are dated in the future');
});

test('notes stand beside each other', () => {
  const text = notes({ future: 1, undated: 1 });
  expect(text).toBe('1 close without a time is not in this line · 1 close is dated in the future');
});

test('a line without closes says so', () => {
  const future = equityPart([['2027-01-01T00:00:00.000000Z', '501', '501']], {
    baselineAt: '2027-01-01T00:00:00.000000Z',
  });
  const text = (part: typeof future) => emptyText(part, equitySeries(part, '30d'));
  expect(text(equityPart([]))).toBe('No closed trades with a close time yet');
  expect(text(equityPart(close))).toBeNull();
  expect(text(future)).toBe('All trades are dated in the future');
});

test('the summary of a young ledger begins where its line begins', () => {
  const young = equityPart(close, {
    start: '2026-01-01T00:00:00.000000Z',
    baselineAt: '2026-11-20T08:00:00.000000Z',
  });
  const extremes = equityExtremes(equitySeries(young, 'ytd'));
  if (extremes === null) throw new Error('Nothing to tell');
  const telling = { isPnl: false, amountsHidden: false, zone: 'UTC' };
  expect(chartSummary(extremes, 'ytd', telling)).toContain(
    'From Fri 20 Nov 2026 08:00:00 UTC at 500.00 dollars.',
  );
});
