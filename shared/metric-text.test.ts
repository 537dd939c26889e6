import { expect, test } from 'vitest';
import { printIn, printSpread, unitOf } from './metric-text.ts';
import { defaultSettings } from './settings.ts';

const inDollars = defaultSettings;
const inContracts = { ...defaultSettings, quantityUnit: 'contracts' } as const;

test('a sum of contracts is no money, and a return on them is dollars a contract', () => {
  expect(unitOf('turnover', inDollars)).toBe('money');
  expect(unitOf('turnover', inContracts)).toBe('contracts');
  expect(unitOf('return-on-stake', inDollars)).toBe('return');
  expect(unitOf('return-on-stake', inContracts)).toBe('pnl');
  expect(unitOf('day-return', inContracts)).toBe('return');
  expect(unitOf('open-exposure', inContracts)).toBe('money');
});

test('a gain or loss in percent is signed, a share is not', () => {
  expect(printIn('0.084', 'return')).toBe('+8.4 %');
  expect(printIn('0.084', 'fraction')).toBe('8.4 %');
  expect(printIn('1234.5', 'contracts')).toBe('1,234.50');
  expect(printIn('0.4525', 'price')).toBe('0.453');
});

test('a standard error has no direction', () => {
  expect(printSpread('0.5', 'pnl')).toBe('$0.50');
  expect(printSpread('0.05', 'fraction')).toBe('5.0 %');
});
