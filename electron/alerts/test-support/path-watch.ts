import type { Effect } from '../../../shared/alerts/engine.ts';
import type { Episode } from '../../../shared/alerts/episode.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { zero } from '../../../shared/decimal.ts';
import { instantOfMs } from '../../../shared/instant.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import type { TradingDayRule } from '../../../shared/trading-day.ts';
import { closeSeriesOf } from '../../ledger/close-series.ts';
import { momentFromText } from '../../ledger/moments.ts';
import { Book } from '../book.ts';
import { PathEvaluation } from '../path-evaluation.ts';
import { noState } from '../stored-alerts.ts';

/** A close of tests, in whole cents and milliseconds. */
export interface Row {
  readonly ms: number;
  readonly cents: number;
  readonly name: string;
  /** When it can be seen. */
  readonly seenMs: number;
}

const centsText = (cents: number): string => `${cents < 0 ? '-' : ''}${Math.abs(cents) / 100}`;
/** Cents of an amount in dollars. */
export const centsOf = (text: string | null): number | null =>
  text === null ? null : Math.round(Number(text) * 100);

/** What the ledger says at an instant: rows that can be seen by then. */
export function readingOf(rows: readonly Row[], nowMs: number) {
  const seen = rows.filter(({ seenMs }) => seenMs <= nowMs);
  const closes = seen
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ ms, cents, name }) => ({
      at: momentFromText(instantOfMs(ms)),
      pnl: { units: BigInt(cents), scale: 2 },
      ...{ hold: null, names: [name, 'v', name] as const },
    }));
  const total = centsText(seen.reduce((sum, { cents }) => sum + cents, 0));
  const figures = { 'all-time-pnl': { kind: 'value', value: total, reason: '' } };
  // Path rules look at nothing else.
  const snapshot = { asOf: instantOfMs(nowMs), figures } as unknown as Snapshot;
  return { snapshot, series: closeSeriesOf(closes, zero, true) };
}

/** When rows are looked at, and what their days are. */
export interface Watched {
  readonly rows: readonly Row[];
  readonly looks: readonly number[];
  readonly tradingDay: TradingDayRule;
}

/** Looks again and again, and begins anew from the disk each time. */
export async function watch(
  { rows, looks, tradingDay }: Watched,
  rules: readonly Rule[],
  afterLook: (book: Book, lookMs: number) => void = () => undefined,
): Promise<{ book: Book; effects: Effect[] }> {
  let book = new Book(noState);
  const effects: Effect[] = [];
  for (const lookMs of looks) {
    book = new Book(JSON.parse(JSON.stringify(book.stored())));
    const reading = readingOf(rows, lookMs);
    effects.push(...(await new PathEvaluation().evaluate(book, { rules, tradingDay }, reading)));
    afterLook(book, lookMs);
  }
  return { book, effects };
}

const byStart = (a: Episode, b: Episode): number => (a.start.at < b.start.at ? -1 : 1);
/** Episodes of a rule, by their beginning. */
export const episodesOf = (book: Book, rule: Rule, scope: string | null = null): Episode[] =>
  [...book.ended(), ...book.lasting()]
    .filter((one) => one.ruleId === rule.id && one.scope === scope)
    .sort(byStart);
