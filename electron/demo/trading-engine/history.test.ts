import { describe, expect, it } from 'vitest';
import { createHistory, type History } from './history.ts';
import type { PaperTrade } from './rows.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const someNight = Date.UTC(2026, 2, 14, 4, 30);
const someAfternoon = Date.UTC(2026, 6, 1, 16, 10);

const stories = [1, 2, 3, 4].flatMap((seed) =>
  [someNight, someAfternoon].map((nowMs) => ({
    name: `seed ${seed} at ${new Date(nowMs).toISOString()}`,
    nowMs,
    history: createHistory({ seed, nowMs, isBare: false }),
  })),
);

describe('the history', () => {
  it('is the same for the same seed and moment, and another for another', () => {
    const plan = { seed: 7, nowMs: someNight, isBare: false };
    const first = createHistory(plan);
    expect(createHistory(plan)).toEqual(first);
    expect(createHistory({ ...plan, seed: 8 }).trades[0]).not.toEqual(first.trades[0]);
  });

  it.each(stories)('has plausible numbers of each class: $name', ({ history, nowMs }) => {
    const { trades } = history;
    const executed = trades.filter(isExecuted);
    expect(trades.length).toBeGreaterThan(5_900);
    expect(trades.length).toBeLessThan(7_500);
    expect(part(trades, (trade) => !trade.riskApproved)).toBeGreaterThan(0.06);
    expect(part(trades, (trade) => !trade.riskApproved)).toBeLessThan(0.16);
    const failed = (trade: PaperTrade): boolean => trade.riskApproved && !isExecuted(trade);
    expect(part(trades, failed)).toBeGreaterThan(0.012);
    expect(part(trades, failed)).toBeLessThan(0.028);
    const open = executed.filter((trade) => trade.status === 'open');
    expect(open.length).toBeGreaterThan(9);
    expect(open.length).toBeLessThan(50);
    expect(Math.min(...open.map(openedAt))).toBeGreaterThan(nowMs - 9 * hourMs);
    for (const status of ['closed', 'resolved', 'expired', 'cancelled']) {
      expect(executed.some((trade) => trade.status === status)).toBe(true);
    }
    const unscored = executed.filter((t) => t.status === 'closed' && t.realizedPnl === null);
    expect(unscored.length).toBeGreaterThan(3);
    expect(unscored.length).toBeLessThan(40);
  });

  it.each(stories)('has a believable equity curve: $name', ({ history, nowMs }) => {
    const closes = scored(history);
    const wins = closes.filter((trade) => pnlOf(trade) > 0).length;
    const losses = closes.filter((trade) => pnlOf(trade) < 0).length;
    expect(wins / (wins + losses)).toBeGreaterThan(0.55);
    expect(wins / (wins + losses)).toBeLessThan(0.64);
    const { total, lowest, drawdown, currentDrawdown } = curve(closes);
    expect(total).toBeGreaterThan(200);
    expect(total).toBeLessThan(600);
    expect(lowest).toBeGreaterThan(-120);
    expect(drawdown).toBeGreaterThan(35);
    expect(drawdown).toBeLessThan(220);
    expect(currentDrawdown).toBeLessThan(70);
    const today = closes.filter((t) => (t.resolvedAtMs ?? 0) >= Math.floor(nowMs / dayMs) * dayMs);
    expect(today.reduce((sum, trade) => sum + pnlOf(trade), 0)).toBeGreaterThan(-40);
  });

  it.each(stories)('has P&L that follows from prices and fees: $name', ({ history }) => {
    const wrong = scored(history).filter((trade) => {
      const quantity = Number(trade.quantity);
      const price = Number(trade.price);
      const contracts = quantity / (trade.side === 'buy' ? price : 1 - price);
      const move = Number(trade.exitPrice) - price;
      const gross = contracts * (trade.side === 'buy' ? move : -move);
      const difference = Math.abs(gross - Number(trade.fees) - pnlOf(trade));
      // A loser cannot lose more than its stake and its fee.
      return difference > 0.0001 || pnlOf(trade) < -(quantity + Number(trade.fees)) - 0.0001;
    });
    expect(wrong).toEqual([]);
  });

  it.each(stories)('keeps every row in its bounds: $name', ({ history, nowMs }) => {
    const wrong = history.trades.filter((trade) => {
      const price = Number(trade.price);
      const quantity = Number(trade.quantity);
      const opened = openedAt(trade);
      const closed = trade.resolvedAtMs ?? opened;
      const isFine =
        price > 0 &&
        price < 1 &&
        quantity >= 5 &&
        quantity <= 60 &&
        trade.marketId.startsWith(`${trade.venue}:`) &&
        opened > nowMs - 31 * dayMs &&
        closed >= opened &&
        closed <= nowMs;
      return !isFine;
    });
    expect(wrong).toEqual([]);
    const keys = history.trades.map((t) => `${t.opportunityId} ${t.marketId} ${t.side}`);
    expect(new Set(keys).size).toBe(history.trades.length);
    expect(new Set(history.trades.map((trade) => trade.id)).size).toBe(history.trades.length);
  });

  it.each(stories)('stays within the limits of the engine: $name', ({ history }) => {
    const open = history.trades.filter((trade) => isExecuted(trade) && trade.status === 'open');
    const markets = new Map<string, number>();
    const venues = new Map<string, number>();
    for (const { marketId, venue, quantity } of open) {
      markets.set(marketId, (markets.get(marketId) ?? 0) + Number(quantity));
      venues.set(venue, (venues.get(venue) ?? 0) + Number(quantity));
    }
    expect(Math.max(...markets.values())).toBeLessThanOrEqual(50.001);
    expect(Math.max(...venues.values())).toBeLessThanOrEqual(250.001);
    expect([...venues.keys()].sort()).toEqual(['kalshi', 'polymarket']);
  });

  it.each(stories)('has orders in every state: $name', ({ history }) => {
    expect(history.orders.length).toBeGreaterThan(480);
    expect(history.orders.length).toBeLessThan(720);
    const states = new Set(history.orders.map((order) => order.state.status));
    expect([...states].sort()).toEqual([
      'cancelled',
      'failed',
      'filled',
      'partial',
      'pending',
      'rejected',
    ]);
  });

  it('names reasons, strategies and types as a real ledger does', () => {
    const { trades } = createHistory({ seed: 3, nowMs: someAfternoon, isBare: false });
    const reasons = new Set(
      trades.map((trade) => trade.riskRejectionReason?.replace(/[\d.]+/g, '#')),
    );
    expect(reasons).toContain('Position would exceed limit: $# > $#');
    expect(reasons).toContain('Venue exposure would exceed limit: $# > $#');
    expect(reasons).toContain('Daily loss limit reached: $# > $#');
    expect(reasons).toContain('System is halted');
    expect(reasons).toContain('Execution failed: order timed out after # ms');
    const strategies = new Set(trades.map((trade) => trade.strategyId));
    expect(strategies).toEqual(
      new Set(['oracle-sniper', 'cross-arb', 'mean-revert', 'late-fade', null]),
    );
    const types = new Set(trades.map((trade) => trade.opportunityType));
    expect(types).toEqual(
      new Set(['cross_venue', 'intra_market', 'stale_quote', 'oracle_lag', 'unknown']),
    );
    expect(new Set(trades.map((trade) => trade.marketId)).size).toBeGreaterThan(150);
  });

  it('is busier by day than by night', () => {
    const { trades } = createHistory({ seed: 3, nowMs: someAfternoon, isBare: false });
    const inHours = (from: number): number =>
      trades.filter((t) => Math.floor((openedAt(t) % dayMs) / hourMs / 4) * 4 === from).length;
    expect(inHours(16)).toBeGreaterThan(2 * inHours(4));
  });

  it('closes nothing when bare: the real system as it is today', () => {
    const { trades } = createHistory({ seed: 3, nowMs: someNight, isBare: true });
    expect(trades.length).toBeGreaterThan(5_900);
    const kinds = new Set(
      trades.map((t) => `${t.status} ${t.realizedPnl} ${t.opportunityType} ${t.fees}`),
    );
    expect(kinds).toEqual(new Set(['open null unknown 0']));
  });
});

function isExecuted(trade: PaperTrade): boolean {
  return trade.riskApproved && trade.riskRejectionReason === null;
}

function part(trades: readonly PaperTrade[], test: (trade: PaperTrade) => boolean): number {
  return trades.filter(test).length / trades.length;
}

function openedAt(trade: PaperTrade): number {
  return trade.createdAtMs ?? Number.NaN;
}

function pnlOf(trade: PaperTrade): number {
  return Number(trade.realizedPnl);
}

function scored({ trades }: History): readonly PaperTrade[] {
  return trades
    .filter((trade) => trade.realizedPnl !== null)
    .sort((a, b) => (a.resolvedAtMs ?? 0) - (b.resolvedAtMs ?? 0));
}

function curve(closes: readonly PaperTrade[]) {
  let total = 0;
  let highest = 0;
  let lowest = 0;
  let drawdown = 0;
  for (const trade of closes) {
    total += pnlOf(trade);
    highest = Math.max(highest, total);
    lowest = Math.min(lowest, total);
    drawdown = Math.max(drawdown, highest - total);
  }
  return { total, lowest, drawdown, currentDrawdown: highest - total };
}
