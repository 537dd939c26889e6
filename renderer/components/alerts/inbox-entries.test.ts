import { expect, test } from 'vitest';
import { someAlert, someAlerts, someEpisode } from '../../../shared/alerts/test-fixtures.ts';
import { type InboxFilter, inboxEntries } from './inbox-entries.ts';

const telling = { zone: 'UTC' };
const all: InboxFilter = { text: '', severity: null, isOpenOnly: false };

test('what is open comes first and stands once, then what is done', () => {
  const at = '2026-11-23T03:20:00.000000Z';
  const over = { end: { at, value: '-44' }, endReason: 'recovered' } as const;
  const lasting = someAlert({ id: 'lasting' });
  const done = someEpisode({ id: 'done', acked: { at, by: 'here', note: '' }, ...over });
  const ended = someEpisode({ id: 'ended', ...over });
  const state = someAlerts({ current: [lasting] });
  const entries = inboxEntries(state, [done, lasting.episode, ended], all, telling);
  expect(entries.map(({ episode, isOpen }) => `${episode.id} ${isOpen}`)).toEqual([
    ...['lasting true', 'ended true', 'done false'],
  ]);
  expect(entries[1]?.remark).toBe('recovered at 03:20 · not told · not acknowledged');
});

test('what lasts is found by its title, its name, its plan and its severity', () => {
  const state = someAlerts({ current: [someAlert({ plan: 'Call the desk' })] });
  const found = (filter: Partial<InboxFilter>) =>
    inboxEntries(state, [], { ...all, ...filter }, telling).length;
  expect(found({ text: 'day p&l' })).toBe(1);
  expect(found({ text: ' DESK' })).toBe(1);
  expect(found({ text: 'kalshi' })).toBe(0);
  expect(found({ severity: 'warning', isOpenOnly: true })).toBe(1);
  expect(found({ severity: 'critical' })).toBe(0);
});
