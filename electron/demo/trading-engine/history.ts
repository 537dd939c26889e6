import { closeByChance } from './closing.ts';
import { createEquityPlan } from './equity-plan.ts';
import { createMarkets, type MarketList } from './markets.ts';
import { exponential, type Opening, type OpeningDesk, openTrade } from './opening.ts';
import { createOrder, pendingOrder, settleOrder } from './orders.ts';
import { type Position, PositionBook } from './position-book.ts';
import { createRandom, type Random } from './random.ts';
import type { LiveOrder, PaperTrade } from './rows.ts';

/** What the ledger held when the monitor came. */
export interface History {
  /** In the order of their opening. */
  readonly trades: readonly PaperTrade[];
  readonly orders: readonly LiveOrder[];
}

/** What decides a history, down to the last digit. */
export interface HistoryPlan {
  readonly seed: number;
  /** The present: nothing happens after it. */
  readonly nowMs: number;
  /** Nothing was ever closed, no types, no fees: the real system as it is today. */
  readonly isBare: boolean;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const historyDays = 30;
/** Opportunities a day; with their second legs about 225 rows. */
const opportunitiesPerDay = 190;
const ordersPerDay = 20;
const usualHoldMs = 3.5 * hourMs;

/** Thirty days of trading that end now. */
export function createHistory(plan: HistoryPlan): History {
  const markets = createMarkets(plan.seed, plan.nowMs);
  return { trades: createTrades(plan, markets), orders: createOrders(plan, markets) };
}

/** How busy the engine is at that time of the day and the week; 1 is the average. */
export function activityAt(timeMs: number): number {
  const hour = (timeMs % dayMs) / hourMs;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(timeMs / dayMs) + 4) % 7;
  const isWeekend = weekday === 0 || weekday === 6;
  return (isWeekend ? 0.8 : 1.08) * (1 + 0.6 * Math.cos((2 * Math.PI * (hour - 16)) / 24));
}

function createTrades(plan: HistoryPlan, markets: MarketList): readonly PaperTrade[] {
  const random = createRandom(plan.seed, 'history');
  const fromMs = plan.nowMs - historyDays * dayMs;
  const equity = createEquityPlan(plan.seed, fromMs, plan.nowMs);
  const desk: OpeningDesk = { random, markets, book: new PositionBook(), isBare: plan.isBare };
  const trades = new Map<string, PaperTrade>();
  let pnl = 0;
  const closeUntil = (timeMs: number): void => {
    for (const position of plan.isBare ? [] : desk.book.due(timeMs)) {
      const tilt = tiltTowards(equity.at(position.dueAtMs) - pnl);
      pnl += closeInto(trades, random, position, tilt);
      desk.book.remove(position);
    }
  };
  for (const timeMs of arrivals(random, fromMs, plan.nowMs, opportunitiesPerDay)) {
    closeUntil(timeMs);
    // In quiet hours positions are held longer, so about thirty are open at any hour.
    const holdMs = usualHoldMs / activityAt(timeMs);
    keep(desk, trades, openTrade(desk, { timeMs, createdAtMs: timeMs, holdMs }));
  }
  closeUntil(plan.nowMs);
  return [...trades.values()];
}

/** The chance of winning is bent, gently, by how far the equity is from its plan. */
function tiltTowards(shortfall: number): number {
  return Math.max(-0.25, Math.min(0.25, shortfall / 60));
}

function keep(desk: OpeningDesk, trades: Map<string, PaperTrade>, opening: Opening): void {
  for (const trade of opening.trades) trades.set(trade.id, trade);
  for (const position of opening.positions) desk.book.add(position);
}

function closeInto(
  trades: Map<string, PaperTrade>,
  random: Random,
  position: Position,
  tilt: number,
): number {
  const trade = trades.get(position.id);
  if (!trade) return 0;
  const { closing, pnl } = closeByChance(random, position, tilt);
  trades.set(trade.id, { ...trade, ...closing, resolvedAtMs: Math.round(position.dueAtMs) });
  return pnl;
}

function createOrders(plan: HistoryPlan, markets: MarketList): readonly LiveOrder[] {
  const random = createRandom(plan.seed, 'orders');
  const fromMs = plan.nowMs - historyDays * dayMs;
  const stillPendingFromMs = plan.nowMs - 15 * 60 * 1000;
  const times = [...arrivals(random, fromMs, plan.nowMs, ordersPerDay)];
  const recent = [9, 4, 1].map((minutes) => plan.nowMs - minutes * 60 * 1000);
  return [...times.filter((time) => time < stillPendingFromMs), ...recent].map((timeMs) => {
    const order = createOrder(random, markets, { timeMs, createdAtMs: timeMs });
    const isDone = timeMs < stillPendingFromMs && order.state.status === 'pending';
    return isDone ? { ...order, state: settleOrder(random, pendingOrder(order)) } : order;
  });
}

/** Moments between the two times, denser when the engine is busy. */
function* arrivals(
  random: Random,
  fromMs: number,
  toMs: number,
  perDay: number,
): Generator<number> {
  let timeMs = fromMs;
  for (;;) {
    timeMs += (exponential(random) * dayMs) / (perDay * activityAt(timeMs));
    if (timeMs >= toMs) return;
    yield Math.round(timeMs);
  }
}
