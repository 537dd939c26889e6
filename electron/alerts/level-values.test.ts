import { describe, expect, test } from 'vitest';
import type { Rule } from '../../shared/alerts/rule.ts';
import { someEpisode, someRule } from '../../shared/alerts/test-fixtures.ts';
import { parseDecimal } from '../../shared/decimal.ts';
import type { LedgerFailure } from '../../shared/failure.ts';
import { oddityIds } from '../../shared/oddities.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { closeSeriesOf } from '../ledger/close-series.ts';
import { momentFromText } from '../ledger/moments.ts';
import type { Reading } from '../ledger/snapshot.ts';
import {
  countedOn,
  isOfMonitor,
  type LevelFacts,
  levelValues,
  monitorValue,
} from './level-values.ts';

const asOf = '2026-11-23T14:03:22.000000Z';
const value = (text: string): Figure => ({ kind: 'value', value: text, reason: '' }) as Figure;
const noFigure = (reason: string): Figure => ({ kind: 'not-computable', value: null, reason });
const named = (name: string) => ({ kind: 'named', name }) as const;

/** The part of a snapshot that level rules look at. */
interface Seen {
  readonly figures: Partial<Snapshot['figures']>;
  readonly limits: readonly unknown[];
  readonly byStrategy: readonly unknown[];
  readonly newestRowAt: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly server: { readonly inUse: number; readonly maxConnections: number };
}

const usual: Seen = {
  figures: {
    'open-exposure': value('120.5'),
    'rejection-rate': value('0.25'),
    'failure-rate': noFigure('nothing was approved'),
    'day-pnl': value('-20'),
    'worst-case': value('-30'),
  },
  limits: [{ kind: 'daily-loss', limit: value('100') }],
  byStrategy: [
    { group: named('maker'), edgeCapture: value('0.4') },
    { group: named('taker'), edgeCapture: noFigure('nothing was promised') },
    { group: { kind: 'none' }, edgeCapture: value('-0.1') },
    { group: { kind: 'rest' }, edgeCapture: value('0.9') },
  ],
  newestRowAt: '2026-11-23T13:00:00.000000Z',
  counts: { ...Object.fromEntries(oddityIds.map((id) => [id, 0])), failed: 4 },
  server: { inUse: 87, maxConnections: 100 },
};

const pnls = (...texts: string[]) =>
  closeSeriesOf(
    texts.map((pnl, hour) => ({
      at: momentFromText(`2026-11-22 ${String(hour).padStart(2, '0')}:00:00+00`),
      ...{ pnl: parseDecimal(pnl), hold: null },
    })),
  );

const exposures = (...costs: readonly (readonly [string, string])[]) =>
  costs.map(([name, cost]) => ({ group: named(name), trades: 1, cost }));

function factsOf(
  seen: Partial<Seen> = {},
  {
    series = pnls(),
    unshown = {},
    ...more
  }: Partial<LevelFacts> & {
    series?: Reading['series'];
    unshown?: Partial<Reading['unshown']>;
  } = {},
): LevelFacts {
  const all: Reading['unshown'] = {
    markets: exposures(['poly:a', '70'], ['poly:b', '0.5']) as Reading['unshown']['markets'],
    venues: exposures(['poly', '70.5']) as Reading['unshown']['venues'],
    ...{ edgeCapture: value('0.6'), halted: 3, pending: { kind: 'known', oldestAt: null } },
    newestFailed: [],
    ...unshown,
  };
  // No level rule looks at more of a snapshot.
  const snapshot = { ...usual, ...seen } as unknown as Snapshot;
  return {
    reading: { snapshot, series, unshown: all },
    ...{ asOf, tradingDay: { zone: 'America/New_York', rollHour: 17 } },
    ...more,
  };
}

const rule = (change: Partial<Rule>): Rule => someRule({ threshold: null, ...change });
const told = (change: Partial<Rule>, facts: LevelFacts): string | Record<string, string> => {
  const found = levelValues(rule(change), facts);
  return found.kind === 'none'
    ? found.reason
    : Object.fromEntries([...found.values].map(([scope, text]) => [scope ?? 'all', text]));
};
const by = (kind: 'venue' | 'market' | 'strategy', of: string | null = null) => ({
  scope: { by: kind, value: of },
});

describe('on the figures of a snapshot', () => {
  test.each<[string, Partial<Rule>, Record<string, string>]>([
    ['all exposure', { kind: 'exposure' }, { all: '120.5' }],
    ['each venue', { kind: 'exposure', ...by('venue') }, { poly: '70.5' }],
    ['each market', { kind: 'exposure', ...by('market') }, { 'poly:a': '70', 'poly:b': '0.5' }],
    ['one market', { kind: 'exposure', ...by('market', 'poly:b') }, { 'poly:b': '0.5' }],
    ['a market without open trades', { kind: 'exposure', ...by('market', 'x') }, { x: '0' }],
    ['the worst case', { kind: 'worst-case' }, { all: '0.5' }],
    ['all edge', { kind: 'edge-capture' }, { all: '0.6' }],
    [
      'each strategy’s edge that is known, and no rest',
      { kind: 'edge-capture', ...by('strategy') },
      { maker: '0.4', '(none)': '-0.1' },
    ],
    ['one strategy’s', { kind: 'edge-capture', ...by('strategy', 'maker') }, { maker: '0.4' }],
    ['one that is not known', { kind: 'edge-capture', ...by('strategy', 'taker') }, {}],
    ['rejections', { kind: 'rejection-rate' }, { all: '0.25' }],
    ['rejections of a halt', { kind: 'halted' }, { all: '3' }],
    ['failed orders', { kind: 'failed-order' }, { all: '4' }],
    ['no pending order', { kind: 'pending-order' }, { all: '0' }],
    ['the time without rows', { kind: 'no-new-rows' }, { all: '63' }],
    ['odd rows', { kind: 'data-quality' }, { all: '0' }],
    ['connections', { kind: 'connections' }, { all: '0.87' }],
  ])('%s', (_, change, expected) => expect(told(change, factsOf())).toEqual(expected));

  test('each kind of odd row counts', () => {
    const counts = { ...Object.fromEntries(oddityIds.map((id) => [id, 2])), failed: 0 };
    expect(told({ kind: 'data-quality' }, factsOf({ counts }))).toEqual({
      all: String(2 * oddityIds.length),
    });
  });

  test('what is beyond the names that the ledger tells is not taken for nothing', () => {
    const many = Array.from({ length: 200 }, (_, index) => [`m${index}`, '9'] as const);
    const facts = factsOf({}, { unshown: { markets: exposures(...many) as never } });
    expect(told({ kind: 'exposure', ...by('market', 'small') }, facts)).toEqual({});
  });

  test.each<[string, Partial<Rule>, Partial<Seen>, string]>([
    ['a rate of nothing', { kind: 'failure-rate' }, {}, 'nothing was approved'],
    ['no limit', { kind: 'worst-case' }, { limits: [] }, 'there is no daily loss limit'],
    [
      'a limit of nothing',
      { kind: 'worst-case' },
      { limits: [{ kind: 'daily-loss', limit: value('0') }] },
      'the daily loss limit is nothing',
    ],
    [
      'no worst case',
      { kind: 'worst-case' },
      { figures: { ...usual.figures, 'worst-case': noFigure('a price is missing') } },
      'a price is missing',
    ],
    ['an empty ledger', { kind: 'no-new-rows' }, { newestRowAt: null }, 'the ledger is empty'],
    ['a kind of the path', { kind: 'drawdown' }, {}, 'it is not evaluated on figures'],
  ])('%s is no data, and says why', (_, change, seen, reason) =>
    expect(told(change, factsOf(seen))).toBe(reason),
  );
});

describe('the worst case', () => {
  const worst = (day: Figure, open: string) =>
    told(
      { kind: 'worst-case' },
      factsOf({ figures: { 'day-pnl': day, 'worst-case': value(open) } }),
    );
  test('of a day that cannot end below nothing is none', () =>
    expect(worst(value('40'), '-30')).toEqual({ all: '0' }));
  test('may exceed the limit', () => expect(worst(value('-90'), '-30')).toEqual({ all: '1.2' }));
  test('stands without a day', () =>
    expect(worst(noFigure('nothing has closed'), '-30')).toEqual({ all: '0.3' }));
});

describe('the win rate', () => {
  const last = (lastN: number | null, series: Reading['series']) =>
    told({ kind: 'win-rate', lastN }, factsOf({}, { series }));
  const many = (count: number, pnl: string): string[] => Array.from({ length: count }, () => pnl);

  test('is of the last closes alone, draws left out', () => {
    const series = pnls(...many(8, '-1'), ...many(3, '2'), '0', ...many(6, '-1'));
    expect(last(10, series)).toEqual({ all: '0.333333333333333' });
  });
  test('needs its closes', () =>
    expect(last(12, pnls(...many(11, '1')))).toBe('it needs 12 closes, and there are 11'));
  test('is never of fewer than ten', () =>
    expect(last(2, pnls(...many(9, '1')))).toBe('it needs 10 closes, and there are 9'));
  test('of draws is none', () =>
    expect(last(null, pnls(...many(10, '0')))).toBe('the last closes were all draws'));
  test('leaves out what closes in the future', () => {
    const series = pnls(...many(10, '1'), ...many(10, '-1'));
    const facts = { ...factsOf({}, { series }), asOf: '2026-11-22T09:30:00.000000Z' };
    expect(told({ kind: 'win-rate', lastN: 10 }, facts)).toEqual({ all: '1' });
  });
});

describe('times', () => {
  test('of the oldest pending order are whole minutes, never negative', () => {
    const pending = (oldestAt: string) =>
      told(
        { kind: 'pending-order' },
        factsOf({}, { unshown: { pending: { kind: 'known', oldestAt } } }),
      );
    expect(pending('2026-11-23T13:57:22.000001Z')).toEqual({ all: '6' });
    expect(pending('2026-11-23T13:57:22.999000Z')).toEqual({ all: '5' });
    expect(pending('2026-11-23T14:09:00.000000Z')).toEqual({ all: '0' });
  });

  test('of pending orders that nobody knows are none', () => {
    const pending = { kind: 'unknown', reason: 'nobody asked for it yet' } as const;
    const facts = factsOf({}, { unshown: { pending } });
    expect(told({ kind: 'pending-order' }, facts)).toBe('nobody asked for it yet');
  });

  test.each([
    // 14:03 UTC is 09:03 in New York.
    ['from their beginning', { from: '09:00', to: '17:00' }, '3'],
    ['since the row, where that is later', { from: '04:00', to: '17:00' }, '63'],
    ['over midnight', { from: '22:00', to: '10:00' }, '63'],
  ])('without rows count within hours %s', (_, hours, minutes) =>
    expect(told({ kind: 'no-new-rows', hours }, factsOf())).toEqual({ all: minutes }),
  );

  describe('without rows outside of the hours', () => {
    const hours = { from: '10:00', to: '17:00' };
    const silent = rule({ kind: 'no-new-rows', hours });
    const since = (start: string) => someEpisode({ start: { at: start, value: '31' } });
    test('are not counted', () =>
      expect(told({ kind: 'no-new-rows', hours }, factsOf())).toEqual({ all: '0' }));
    test('go on counting while what fires has seen no row', () => {
      const found = levelValues(silent, factsOf(), since('2026-11-23T13:31:00.000000Z'));
      expect(found).toEqual({ kind: 'values', values: new Map([[null, '63']]) });
      const rowsCame = levelValues(silent, factsOf(), since('2026-11-23T12:00:00.000000Z'));
      expect(rowsCame).toEqual({ kind: 'values', values: new Map([[null, '0']]) });
    });
  });
});

describe('on the connection', () => {
  const failing = (code: LedgerFailure['code']) =>
    watchingState({
      ...{ ageMs: 61_900 },
      status: {
        ...{ kind: 'failing', nextTryInMs: 0, attempts: 2 },
        failure: { code, retry: 'backoff', cause: 'It failed.', remedy: '' },
      },
    });

  test('age is whole seconds, and none before the first figures', () => {
    expect(monitorValue({ kind: 'stale' }, failing('unreachable'))).toBe('61');
    expect(monitorValue({ kind: 'stale' }, watchingState({ ageMs: null }))).toBe('0');
  });
  test('no connection is a failure that means that', () => {
    expect(monitorValue({ kind: 'unreachable' }, failing('unreachable'))).toBe('1');
    expect(monitorValue({ kind: 'unreachable' }, failing('too-slow'))).toBe('0');
    expect(monitorValue({ kind: 'unreachable' }, watchingState())).toBe('0');
  });
  test('these two alone are evaluated without figures', () =>
    expect(
      (['stale', 'unreachable', 'connections'] as const).map((kind) => isOfMonitor({ kind })),
    ).toEqual([true, true, false]));
});

test('events are counted on from what was counted', () => {
  expect(countedOn(undefined, 2)).toBe('2');
  expect(countedOn('41', 2)).toBe('43');
  expect(countedOn('41', 0)).toBe('41');
});
