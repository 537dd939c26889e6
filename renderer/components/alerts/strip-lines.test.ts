import { expect, test } from 'vitest';
import { someAlert } from '../../../shared/alerts/test-fixtures.ts';
import { oneOfEachScope, stripLines } from './strip-lines.ts';

test('events of one rule share a line; what lasts has its own', () => {
  const event = (id: string, ruleId: string, scope: string | null = null) =>
    someAlert({ id, ruleId, scope }, { state: 'event' });
  const current = [
    someAlert({ id: 'a', scope: 'x' }),
    event('c', 'loss', 'x'),
    someAlert({ id: 'b', scope: 'y' }),
    event('d', 'loss', 'y'),
    event('e', 'win'),
    event('f', 'loss', 'x'),
  ];
  const lines = stripLines(current);
  expect(lines.map(({ all }) => all.map(({ episode }) => episode.id).join(''))).toEqual([
    ...['a', 'cdf', 'b', 'e'],
  ]);
  expect(lines[1]?.alert.episode.id).toBe('c');
  expect(oneOfEachScope(lines[1]?.all ?? [])).toHaveLength(2);
});
