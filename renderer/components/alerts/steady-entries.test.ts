import { expect, test } from 'vitest';
import { someEpisode } from '../../../shared/alerts/test-fixtures.ts';
import type { InboxEntry } from './inbox-entries.ts';
import { inPlace } from './steady-entries.ts';

const entry = (id: string, isOpen: boolean): InboxEntry => ({
  ...{ episode: someEpisode({ id }), alert: null, isOpen, title: '', about: '', remark: '' },
});
const shown = (entries: readonly InboxEntry[]): string =>
  entries.map(({ episode, isOpen }) => `${episode.id}${isOpen ? '' : '.'}`).join(' ');

const before = [entry('a', true), entry('b', true), entry('c', false)];

test('what was acknowledged keeps its place', () => {
  const now = [entry('b', true), entry('a', false), entry('c', false)];
  expect(shown(inPlace(now, before))).toBe('a b c.');
});

test('what is new comes where it belongs, and what is gone goes', () => {
  const now = [
    ...[entry('new', true), entry('b', true), entry('more', true)],
    ...[entry('a', false), entry('late', false)],
  ];
  expect(shown(inPlace(now, before))).toBe('new a b more late.');
  expect(shown(inPlace(inPlace(now, before), inPlace(now, before)))).toBe('new a b more late.');
});
