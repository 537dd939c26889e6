import { expect, test } from 'vitest';
import { bytesText, latencyText, shareText } from './cost-words.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '1.0 MB'],
  [123_456_789, '123 MB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.0123, '1.23 %'],
  [0.02, '2 %'],
  [0.9999, '99 %'],
  [1, '100 %'],
])('a share of %d reads as %s', (share, text) => {
  expect(shareText(share)).toBe(text);
});

test.each([
  [null, null],
  [0.84, '0.8 ms'],
  [42.4, '42 ms'],
  [65_000, '1 m'],
])('%s ms read as %s', (ms, text) => {
  expect(latencyText(ms)).toBe(text);
});
