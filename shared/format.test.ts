import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatCount,
  formatDay,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPnl,
  formatText,
  formatTime,
  formatUnit,
  pnlDirection,
} from './format.ts';

test.each([
  ['1234.5', '+$1,234.50', 1],
  ['-1234.5', '−$1,234.50', -1],
  ['0', '$0.00', 0],
  ['-0.004', '$0.00', 0],
  ['-0.005', '−$0.01', -1],
  ['999999.995', '+$1,000,000.00', 1],
  [
    '1234567890123456789012345678901234567890.12345678',
    '+$1,234,567,890,123,456,789,012,345,678,901,234,567,890.12',
    1,
  ],
])('P&L %s prints %s', (value, text, direction) => {
  expect(formatPnl(value)).toBe(text);
  expect(pnlDirection(value)).toBe(direction);
});

test('an amount carries no plus', () => {
  expect(formatMoney('388.2')).toBe('$388.20');
  expect(formatMoney('-41.11')).toBe('−$41.11');
  expect(formatCount(1204)).toBe('1,204');
  expect(formatPercent('0.5813')).toBe('58.1 %');
  expect(formatPercent('-0.0844', 2)).toBe('−8.44 %');
});

test.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 m'],
  [3_840_000, '1 h 04 m'],
  [86_400_000 * 2 + 3 * 3_600_000, '2 d 03 h'],
])('an age of %i ms prints %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test.each([
  ['0', '0 s'],
  ['0.49999999999999999999', '0 s'],
  ['0.5', '1 s'],
  ['59.5', '1 m'],
  ['3599.500000', '1 h 00 m'],
  ['3599.4999', '59 m'],
  ['86399.7', '1 d 00 h'],
])('a duration of exactly %s s prints %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
  expect(formatUnit(seconds, 'seconds')).toBe(text);
});

test('instants and days', () => {
  expect(formatTime('2026-11-23T14:03:22.123456Z', 'UTC')).toBe('14:03:22');
  expect(formatTime('2026-07-01T23:30:00.000000Z', 'Europe/Berlin')).toBe('01:30:00');
  expect(formatTime('12026-07-01T23:30:00.000000Z', 'UTC')).toBe('23:30:00');
  expect(formatDay('2026-11-23')).toBe('Mon 23 Nov');
});

describe('text of the ledger', () => {
  test('loses what could disguise it', () => {
    expect(formatText('a\u202eb\u0007c\nd\u200be')).toBe('a·b·c·d·e');
  });

  test('is cut between characters, not through one', () => {
    expect(formatText('😀😀😀', 2)).toBe('😀😀…');
    expect(formatText('plain', 5)).toBe('plain');
  });
});
