import { expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../shared/settings.ts';
import { ledgerSource, namedBySettings } from './ledger-source.ts';

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
