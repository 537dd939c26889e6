import { expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../shared/settings.ts';
import { ledgerSource } from './ledger-source.ts';
import { demoSettings, namedBySettings } from './settings/ledger-identity.ts';

const wished: Settings = { ...defaultSettings, profile: { name: 'desk', label: 'LIVE' } };

const sourceOf = (DATABASE_URL?: string) =>
  ledgerSource({
    env: { DATABASE_URL },
    home: '/nowhere',
    forkEngine: () => {
      throw new Error('Nothing is started here.');
    },
    log: () => undefined,
  });

test('the settings name the profile, and without a name the database does', () => {
  const { profile } = sourceOf('postgres://me:secret@db.example:5433/ledger');
  expect(namedBySettings(profile, wished)).toEqual({
    name: 'desk',
    label: 'LIVE',
    host: 'db.example:5433',
  });
  expect(namedBySettings(profile, defaultSettings)).toMatchObject({
    name: 'ledger',
    label: 'LEDGER',
  });
});

test('the demo cannot pass for a real ledger', () => {
  const { profile } = sourceOf();
  expect(namedBySettings(profile, wished)).toEqual(profile);
  expect(profile).toMatchObject({ name: 'demo', label: 'DEMO' });
});

test('the demo keeps to its own relations, and to nothing else', () => {
  const relations = { paperTrades: 'desk.trades', liveTrades: 'desk.orders' };
  expect(demoSettings({ ...wished, bankroll: '1', relations })).toEqual({
    ...wished,
    bankroll: '1',
  });
});
