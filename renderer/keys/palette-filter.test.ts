import { expect, test } from 'vitest';
import { filterEntries } from './palette-filter.ts';

const entries = [
  { label: 'Chart range: Today', group: 'Chart range' },
  { label: 'Go to Today', group: 'Go to' },
  { label: 'Today in detail', group: 'Go to' },
  { label: 'Theme: dark', group: 'Look' },
];

const found = (query: string) => filterEntries(entries, query).map(({ label }) => label);

test('nothing typed shows everything in its order', () => {
  expect(found('  ')).toEqual(entries.map(({ label }) => label));
});

test('what begins with the query comes first, equals keep their order', () => {
  expect(found('today')).toEqual(['Today in detail', 'Chart range: Today', 'Go to Today']);
});

test('each word must occur, in the name or in its group, in any order and case', () => {
  expect(found('DARK look')).toEqual(['Theme: dark']);
  expect(found('range today')).toEqual(['Chart range: Today']);
  expect(found('today weather')).toEqual([]);
});
