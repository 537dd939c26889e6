import { expect, test } from 'vitest';
import { someAlert, someAlerts, someEpisode } from '../../../shared/alerts/test-fixtures.ts';
import { inboxEntries } from './inbox-entries.ts';

const telling = { zone: 'UTC' };

test('what lasts comes first and stands once, then what was', () => {
  const lasting = someAlert({ id: 'lasting' });
  const ended = someEpisode({
    id: 'ended',
    end: { at: '2026-11-23T03:20:00.000000Z', value: '-44' },
    endReason: 'recovered',
  });
  const state = someAlerts({ current: [lasting] });
  const entries = inboxEntries(state, [lasting.episode, ended], '', telling);
  expect(entries.map(({ episode }) => episode.id)).toEqual(['lasting', 'ended']);
  expect(entries[1]?.remark).toBe('recovered at 03:20 · not told');
});

test('what lasts is found by its title, its name and its plan', () => {
  const state = someAlerts({ current: [someAlert({ plan: 'Call the desk' })] });
  expect(inboxEntries(state, [], 'day p&l', telling)).toHaveLength(1);
  expect(inboxEntries(state, [], ' DESK', telling)).toHaveLength(1);
  expect(inboxEntries(state, [], 'kalshi', telling)).toHaveLength(0);
});
