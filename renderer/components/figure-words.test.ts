import { expect, test } from 'vitest';
import type { Figure } from '../../shared/snapshot.ts';
import { errorTerm, wordsOf } from './figure-words.ts';

const value = (text: string): Figure => ({ kind: 'value', value: text });

test('a value is printed, spoken with its unit, and exact for hovering where it was rounded', () => {
  expect(wordsOf(value('-1234.567'), 'pnl', false)).toEqual({
    text: '−$1,234.57',
    spoken: 'minus 1,234.57 dollars',
    exact: '-1234.567',
    reason: undefined,
    hover: '-1234.567',
  });
  expect(wordsOf(value('41.50'), 'pnl', false)).toMatchObject({
    text: '+$41.50',
    spoken: 'plus 41.50 dollars',
    exact: '41.5',
    hover: '+$41.50',
  });
});

test('whatever could be cut is on hover in full, rounded or not', () => {
  for (const text of ['12.50', '123.45', '1482.25', '14640', '123456.78']) {
    const words = wordsOf(value(text), 'pnl', false);
    expect(words.hover).toBe(words.text);
  }
  expect(wordsOf(value('1204'), 'count', false).hover).toBeUndefined();
  expect(wordsOf(value('0.005'), 'money', false)).toMatchObject({ text: '$0.01', hover: '0.005' });
});

test.each([
  ['fraction', '0.5813', '58.1 %', '58.1 percent'],
  ['return', '0.0837', '+8.4 %', 'plus 8.4 percent'],
  ['return', '-0.0837', '−8.4 %', 'minus 8.4 percent'],
  ['money', '-7.4', '−$7.40', 'minus 7.40 dollars'],
  ['contracts', '32', '32.00', '32.00 contracts'],
  ['seconds', '3840', '1 h 04 m', '1 hour 4 minutes'],
  ['price', '0.4519', '0.452', 'at 0.452'],
  ['count', '1204', '1,204', '1,204'],
  ['streak', '-3', '3 losses', '3 losses'],
] as const)('%s %s reads %s and sounds %s', (unit, exact, text, spoken) => {
  expect(wordsOf(value(exact), unit, false)).toMatchObject({ text, spoken });
});

test('what is missing says why, to the eye and to the ear', () => {
  const figure: Figure = { kind: 'infinite', value: null, reason: 'no losses' };
  expect(wordsOf(figure, 'ratio', false)).toEqual({
    text: '∞',
    spoken: 'infinite: no losses',
    exact: '',
    reason: 'no losses',
    hover: 'no losses',
  });
});

test('while amounts are hidden nothing of them is left, in any of the words', () => {
  for (const unit of ['pnl', 'money', 'contracts'] as const) {
    const words = wordsOf({ kind: 'value', value: '-1234.567', n: 12 }, unit, true);
    expect(JSON.stringify(words)).not.toMatch(/[\d+−-]/);
  }
  expect(wordsOf(value('0.5813'), 'fraction', true)).toMatchObject({ text: '58.1 %' });
  expect(wordsOf(value('31'), 'count', true)).toMatchObject({ text: '31' });
});

test('an average has its error term, or says on how few it rests', () => {
  const average = { kind: 'value', value: '0.34', n: 702 } as const;
  expect(errorTerm({ ...average, plusMinus: '0.0812' }, false).text).toBe('±0.08');
  expect(errorTerm({ ...average, plusMinus: '0.0812' }, true).text).toBe('±•••');
  expect(errorTerm({ ...average, n: 1 }, false).text).toBe('n = 1');
  expect(errorTerm({ kind: 'none', value: null, reason: 'none' }, false).text).toBe('');
});
