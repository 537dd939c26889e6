import { expect, test } from 'vitest';
import { parseRelationName } from './relation-name.ts';

test.each([
  ['paper_trades', { schema: null, name: 'paper_trades' }],
  ['desk.paper_trades', { schema: 'desk', name: 'paper_trades' }],
  ['desk."Paper ""Trades"".v2"', { schema: 'desk', name: 'Paper "Trades".v2' }],
  ['"a.b".c', { schema: 'a.b', name: 'c' }],
  ['Überträge', { schema: null, name: 'Überträge' }],
])('%s is understood', (text, name) => {
  expect(parseRelationName(text)).toEqual(name);
});

test.each(['', 'a.b.c', 'a b', '.a', 'a.', '""', 'x'.repeat(64), 'ü'.repeat(32), 'a;drop table b'])(
  '%s is no relation name',
  (text) => {
    expect(parseRelationName(text)).toBeNull();
  },
);
