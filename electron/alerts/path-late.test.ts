import { expect, test } from 'vitest';
import type { Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import { instantOfMs } from '../../shared/instant.ts';
import { closeSeriesOf } from '../ledger/close-series.ts';
import { Book } from './book.ts';
import { retireOthers } from './evaluation.ts';
import { PathEvaluation } from './path-evaluation.ts';
import { noState } from './stored-alerts.ts';
import { episodesOf, type Row, readingOf, watch } from './test-support/path-watch.ts';

const noonMs = Date.parse('2026-11-23T12:00:00Z');
const tradingDay = { zone: 'UTC', rollHour: 0 };
const rule = someRule({ kind: 'total-pnl-low', threshold: '-50', recovery: '-20', keepFiringS: 0 });
const atS = (seconds: number): number => noonMs + seconds * 1000;

/** A close at some seconds after noon, which can be seen at once or later. */
const row = (second: number, dollars: number, seenSecond = second, name = 'a'): Row => ({
  ...{ ms: atS(second), cents: dollars * 100, name, seenMs: atS(seenSecond) },
});

/** Start, value and end of each episode, after looks at some seconds after noon. */
async function toldOf(rows: readonly Row[], looks: readonly number[], of: Rule = rule) {
  const { book } = await watch({ rows, looks: looks.map(atS), tradingDay }, [of]);
  return episodesOf(book, of).map(({ start, end }) =>
    [start.at.slice(17, 19), start.value, end?.at.slice(17, 19)].join(' ').trim(),
  );
}

test('a close from before an alert began is not taken for its end', async () => {
  // At second 1 all was well, as is told at second 5; from second 2 on it was not.
  const rows = [row(1, 30, 5), row(2, -90)];
  expect(await toldOf(rows, [0, 3, 6])).toEqual(['02 -90']);
});

test('a close from within an alert that is over tells nothing new', async () => {
  const rows = [row(1, -60), row(2, -5, 5), row(3, 60)];
  expect(await toldOf(rows, [0, 1, 2, 4, 6])).toEqual(['01 -60 03']);
});

test('a close from after an alert began may be its end', async () => {
  const rows = [row(1, -60), row(2, 100, 5), row(3, -10)];
  expect(await toldOf(rows, [0, 4, 6])).toEqual(['01 -60 02']);
});

test('a close from before a breach that waits does not end the waiting', async () => {
  const waiting = { ...rule, pendingS: 10 };
  const rows = [row(1, 30, 5), row(2, -90)];
  expect(await toldOf(rows, [0, 3, 6, 20], waiting)).toEqual(['12 -60']);
});

test('a rule that was changed in an absence begins with the present', async () => {
  const rows = [row(1, -60), row(2, 60)];
  const book = new Book(noState);
  const paths = new PathEvaluation();
  const look = (second: number, of: Rule) =>
    paths.evaluate(book, { rules: [of], tradingDay }, readingOf(rows, atS(second)));
  await look(0, rule);
  const changed = { ...rule, threshold: '-40' };
  retireOthers(book, [changed], { at: instantOfMs(atS(3)), ms: atS(3) });
  expect(await look(4, changed)).toEqual([]);
});

test('a rule by name that was made before names were read begins with the present of each', async () => {
  const scoped: Rule = { ...rule, scope: { by: 'strategy', value: null } };
  const rows = [row(1, -60, 1, 'a'), row(2, -60, 2, 'b'), row(3, 60, 3, 'b')];
  const book = new Book(noState);
  const paths = new PathEvaluation();
  const { snapshot, series } = readingOf(rows, atS(4));
  const closes = Array.from({ length: series.length }, (_, index) => {
    const { columns } = series;
    return { at: columns.momentAt(index), pnl: columns.pnlAt(index), hold: null };
  });
  const rules = { rules: [scoped], tradingDay };
  await paths.evaluate(book, rules, { snapshot, series: closeSeriesOf(closes) });
  expect(book.rest.seasoned).toEqual([]);
  await paths.evaluate(book, rules, readingOf(rows, atS(5)));
  const fired = book.lasting().map(({ scope, start }) => `${scope} ${start.at.slice(17, 19)}`);
  expect([fired, book.ended()]).toEqual([['a 05'], []]);
  expect(book.rest.seasoned).toEqual([scoped.id]);
});

test('lines that two ask for at once hold each close once', async () => {
  const scoped: Rule = { ...rule, scope: { by: 'strategy', value: null } };
  const rows = Array.from({ length: 45_000 }, (_, index) => row(index / 100, 1));
  const paths = new PathEvaluation();
  const { series } = readingOf(rows, atS(1000));
  const [first, second] = await Promise.all([1, 2].map(() => paths.linesOf(scoped, series)));
  for (const lines of [first, second]) {
    expect([...(lines ?? [])].map(([name, line]) => [name, line?.length])).toEqual([['a', 45_000]]);
  }
});

test('a clock that goes back loses no close: it is told when the clock has caught up', async () => {
  const rows = [row(1, -10), row(4, -80, 4)];
  // A look at second 5 of what another server knew, one at second 4 that is behind it, and one after both.
  const known = rows.slice(0, 1);
  const book = new Book(noState);
  const look = (second: number, seen: readonly Row[]) =>
    new PathEvaluation().evaluate(
      book,
      { rules: [rule], tradingDay },
      readingOf(seen, atS(second)),
    );
  await look(2, known);
  await look(5, known);
  expect(await look(4, rows)).toEqual([]);
  expect(await look(6, rows)).toMatchObject([
    { kind: 'fired', episode: { start: { at: instantOfMs(atS(4)), value: '-90' } } },
  ]);
});
