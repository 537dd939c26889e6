import {
  addDecimals,
  type Decimal,
  parseDecimal,
  printDecimal,
  subtractDecimals,
  zero,
} from '../../../shared/decimal.ts';
import type { Restatement, Snapshot, TradingDay } from '../../../shared/snapshot.ts';
import { type TradingDayRule, tradingDayAt } from '../../../shared/trading-day.ts';
import { instantAt, type Moment } from '../moments.ts';

const rowsShown = 20;
const daysShown = 30;
const kept = 20;
/** Zones differ by quarters of an hour: all instants of one lie in one trading day. */
const secondsOfOneDay = 15 * 60;

interface Counted {
  readonly at: Moment;
  readonly pnl: Decimal;
}

/** A close that counts otherwise than before. */
export interface ChangedClose {
  readonly id: string;
  readonly before: Counted | null;
  readonly after: Counted | null;
  /** It was so when figures were published last already, or it went. */
  readonly isLate: boolean;
}

type Found = Restatement['found'];

/** Collects what was found to be other than published, until it is published itself. */
export class Restatements {
  #published: readonly Restatement[] = [];
  #pending = new Map<Found, ChangedClose[]>();
  /** Ways in which something was found, be it no close. */
  #found = new Set<Found>();

  /** Of a change that the way of finding tells to be late: it was there when figures were published. */
  note(found: Found, changes: readonly ChangedClose[], isLate: boolean): void {
    if (isLate) this.#found.add(found);
    const known = this.#pending.get(found) ?? [];
    this.#pending.set(found, known);
    for (const change of changes) known.push(change);
  }

  /** What a reload of everything found to be other than published. */
  add(at: string, days: Restatement['days']): void {
    const reload: Restatement = { at, found: 'reload', days, rows: [], rowsChanged: 0 };
    this.#published = [reload, ...this.#published].slice(0, kept);
  }

  /** The latest, latest first. */
  published(): readonly Restatement[] {
    return this.#published;
  }

  /** All that is to be published at an instant: past days that changed, and whatever was found late. */
  publish(asOf: string, today: TradingDay, rule: TradingDayRule): readonly Restatement[] {
    const fresh: Restatement[] = [];
    for (const [found, changes] of this.#pending) {
      const restatement = restatementOf({ found, at: asOf }, changes, today, rule);
      if (restatement.days.length > 0 || this.#found.has(found)) fresh.push(restatement);
    }
    this.#pending.clear();
    this.#found.clear();
    this.#published = [...fresh, ...this.#published].slice(0, kept);
    return this.#published;
  }
}

function restatementOf(
  head: Pick<Restatement, 'at' | 'found'>,
  changes: readonly ChangedClose[],
  today: TradingDay,
  rule: TradingDayRule,
): Restatement {
  const days = new Map<string, { pnl: Decimal; closes: number }>();
  const dayOf = createDayOf(rule);
  const add = (counted: Counted | null, step: 1 | -1): void => {
    const day = counted === null ? null : dayOf(counted.at);
    if (counted === null || day === null || day.start >= today.start) return;
    const known = days.get(day.name) ?? { pnl: zero, closes: 0 };
    const { units, scale } = counted.pnl;
    const pnl = addDecimals(known.pnl, { units: BigInt(step) * units, scale });
    days.set(day.name, { pnl, closes: known.closes + step });
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
  // A close of today that came since the last refresh is nothing but news.
  const isPast = (at: Moment): boolean => (dayOf(at)?.start ?? today.start) < today.start;
  const restated = changes.filter(
    ({ before, after, isLate }) =>
      before !== null || isLate || (after !== null && isPast(after.at)),
  );
  return {
    ...head,
    days: [...days]
      .filter(([, { pnl, closes }]) => pnl.units !== 0n || closes !== 0)
      .map(([name, { pnl, closes }]) => ({ name, pnl: printDecimal(pnl), closes }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(-daysShown),
    rows: restated.slice(0, rowsShown).map(({ id, before, after }) => ({
      ...{ id, before: textsOf(before), after: textsOf(after) },
    })),
    rowsChanged: restated.length,
  };
}

/** Null where no Date holds the instant: it is in no trading day that is shown. */
function createDayOf(rule: TradingDayRule): (at: Moment) => TradingDay | null {
  const known = new Map<number, TradingDay | null>();
  return ({ seconds }) => {
    const quarter = Math.floor(seconds / secondsOfOneDay);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    let day: TradingDay | null = null;
    // A year to spare on either side of what a Date holds.
    if (Math.abs(seconds) < 8.6e12) {
      day = tradingDayAt(instantAt({ seconds: quarter * secondsOfOneDay, micros: 0 }), rule);
    }
    known.set(quarter, day);
    return day;
  };
}

const textsOf = (counted: Counted | null): { at: string; pnl: string } | null =>
  counted && { at: instantAt(counted.at), pnl: printDecimal(counted.pnl) };

/** Past days whose P&L or closes are others now. */
export function differingDays(
  before: Snapshot['days'],
  after: Snapshot['days'],
  today: string,
): Restatement['days'] {
  const known = new Map(before.map((day) => [day.name, day]));
  return after.flatMap(({ name, pnl, closes }) => {
    const former = known.get(name);
    if (former === undefined || name === today) return [];
    if (former.pnl === pnl && former.closes === closes) return [];
    const difference = subtractDecimals(parseDecimal(pnl), parseDecimal(former.pnl));
    return [{ name, pnl: printDecimal(difference), closes: closes - former.closes }];
  });
}
