import { expect, test } from 'vitest';
import { metrics } from '../../shared/metrics.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { Figure } from '../../shared/snapshot.ts';
import { explain } from './metric-words.ts';

const rate: Figure = {
  kind: 'value',
  value: '0.581335616438356',
  n: 1168,
  interval: { low: '0.5528', high: '0.6093' },
};

test('a tooltip tells definition, formula, the exact value, interval and n', () => {
  expect(explain('win-rate', rate, undefined, false)).toEqual({
    definition: metrics['win-rate'].definition,
    formula: metrics['win-rate'].formula,
    reason: null,
    facts: ['exactly 0.581335616438356', '95 % interval: 55.3 % to 60.9 %', 'n = 1,168'],
  });
});

test('it tells the reason where there is no value', () => {
  const reason = 'no losses';
  const words = explain(
    'profit-factor',
    { kind: 'infinite', value: null, reason },
    undefined,
    false,
  );
  expect(words).toMatchObject({ reason, facts: [] });
});

test('while amounts are hidden it tells none, and n stays', () => {
  const expectancy: Figure = { kind: 'value', value: '0.3401', plusMinus: '0.08', n: 702 };
  expect(explain('expectancy', expectancy, undefined, true).facts).toEqual([
    'amounts are hidden',
    'n = 702',
  ]);
});

test('turnover is in the unit of the stakes', () => {
  const turnover: Figure = { kind: 'value', value: '1204.128' };
  const basis = { ...defaultSettings, quantityUnit: 'contracts' } as const;
  expect(explain('turnover', turnover, basis, false).facts).toEqual(['exactly 1204.128']);
});

test('with contracts the return is dollars a contract, which privacy hides', () => {
  const figure: Figure = { kind: 'value', value: '0.0324', n: 240 };
  const contracts = { ...defaultSettings, quantityUnit: 'contracts' } as const;
  const facts = (isPrivate: boolean) =>
    explain('return-on-stake', figure, contracts, isPrivate).facts;
  expect(facts(false)).toEqual(['exactly 0.0324', 'n = 240']);
  expect(facts(true)).toEqual(['amounts are hidden', 'n = 240']);
  expect(explain('return-on-stake', figure, defaultSettings, true).facts[0]).toBe('exactly 0.0324');
});
