import { expect, test } from 'vitest';
import { defaultSettings, makeOtherFigures, type Settings } from './settings.ts';

const changed = (change: Partial<Settings>): boolean =>
  makeOtherFigures(defaultSettings, { ...defaultSettings, ...change });

test.each<Partial<Settings>>([
  { bankroll: null },
  { tradingDay: { zone: 'UTC', rollHour: 1 } },
  { quantityUnit: 'contracts' },
  { pnlIsGross: true },
  { relations: { ...defaultSettings.relations, paperTrades: 'desk.trades' } },
  { limits: { ...defaultSettings.limits, venue: null } },
])('%j makes other figures', (change) => {
  expect(changed(change)).toBe(true);
});

test.each<Partial<Settings>>([
  {},
  { profile: { name: 'desk', label: 'LIVE' } },
  { relations: { ...defaultSettings.relations, liveTrades: 'desk.orders' } },
  { appearance: { theme: 'dark', palette: 'classic', privacy: true } },
])('%j changes no figure', (change) => {
  expect(changed(change)).toBe(false);
});
