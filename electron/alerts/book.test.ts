import { expect, test } from 'vitest';
import { newInstance } from '../../shared/alerts/instance.ts';
import { meaningOf } from '../../shared/alerts/rule.ts';
import { someEpisode, someRule } from '../../shared/alerts/test-fixtures.ts';
import { Book } from './book.ts';
import { type Notice, noState, type StoredState } from './stored-alerts.ts';

const at = '2026-11-24T09:00:00.000000Z';
const rule = someRule();
const firing = {
  ...newInstance(rule.id, null, meaningOf(rule)),
  state: { kind: 'firing' as const, episode: someEpisode() },
};
const notice: Notice = {
  ...{ id: 'fired one', what: 'fired', episodeId: someEpisode().id, at, isOfGap: false },
  ...{ by: 'webhook', isTried: false, failures: 0 },
};
const marks = { asOf: at, from: at, points: '' };

const bookOf = (change: Partial<StoredState>): Book =>
  new Book({ ...noState, ledger: 'desk', instances: [firing], evaluated: marks, ...change });

test('of another ledger nothing fires, waits or is remembered', () => {
  const ended = [someEpisode({ id: 'old', end: { at, value: '0' }, endReason: 'recovered' })];
  const book = bookOf({ outbox: [notice], ended, seasoned: [rule.id] });
  book.belongTo('another', at);
  expect(book.stored()).toMatchObject({
    ...{ ledger: 'another', instances: [], ended: [], outbox: [], evaluated: null, seasoned: [] },
  });
});

test('the same ledger stays what it is', () => {
  const book = bookOf({ outbox: [notice] });
  const before = book.stored();
  book.belongTo('desk', at);
  expect(book.stored()).toEqual(before);
});

test('where days go backwards, daily rules begin anew, and others go on', () => {
  const other = { ...firing, ruleId: 'drawdown' };
  const book = bookOf({
    ...{ instances: [firing, other], day: '2026-11-24', seasoned: [rule.id, 'drawdown'] },
    basis: 'net',
  });
  book.countBy('net', '2026-11-23', new Set([rule.id]), at);
  expect(book.instances().map(({ ruleId }) => ruleId)).toEqual(['drawdown']);
  expect(book.rest).toMatchObject({ day: '2026-11-23', seasoned: ['drawdown'], evaluated: marks });
});

test('closes that count otherwise are no news', () => {
  const book = bookOf({ basis: 'net', seasoned: [rule.id] });
  book.countBy('gross', '2026-11-24', new Set(), at);
  expect(book.rest).toMatchObject({ basis: 'gross', evaluated: null, seasoned: [] });
  expect(book.lasting()).toHaveLength(1);
});
