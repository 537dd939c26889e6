import type { MarketList } from './markets.ts';
import { entryFee, exponential } from './opening.ts';
import { playbook } from './playbook.ts';
import type { Random } from './random.ts';
import { decimal, type LiveOrder, type OrderState, type OrderStatus } from './rows.ts';

/** What a later move of a pending order needs to know of it. */
export interface PendingOrder {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly requestedAmount: number;
  readonly maxPrice: number;
}

const ends: readonly { readonly status: OrderStatus; readonly weight: number }[] = [
  { status: 'filled', weight: 70 },
  { status: 'partial', weight: 9 },
  { status: 'cancelled', weight: 9 },
  { status: 'failed', weight: 6 },
];

/** A new order: on its way, or turned down by the risk check before it was sent. */
export function createOrder(
  random: Random,
  markets: MarketList,
  moment: { readonly timeMs: number; readonly createdAtMs: number | null },
): LiveOrder {
  const play = random.weighted(playbook);
  const market = markets.pick(random, moment.timeMs);
  const side = random.chance(0.75) ? 'buy' : 'sell';
  const requested = 5 + Math.min(45, 8 * exponential(random));
  const price = Number(decimal(market.priceAt(moment.timeMs), 3));
  const isRejected = random.chance(0.07);
  return {
    id: random.uuid(),
    createdAtMs: moment.createdAtMs,
    tradeId: `trade-${random.uuid()}`,
    requestId: `req-${random.uuid()}`,
    opportunityId: random.uuid(),
    opportunityType: play.opportunityType,
    marketId: market.id,
    venue: market.venue,
    tokenId: String(Math.floor(random.between(1e14, 9e14))),
    side,
    outcome: random.chance(0.7) ? 'YES' : 'NO',
    requestedAmount: decimal(requested, 2),
    maxPrice: decimal(price, 3),
    expectedEdge: decimal(0.004 + 0.016 * exponential(random), 4),
    expectedFee: decimal(entryFee(market.venue, side, price, requested), 4),
    strategy: play.strategyId,
    riskApproved: !isRejected,
    riskRejectionReason: isRejected ? 'Position would exceed limit: $51.4 > $50' : null,
    state: unfilled(isRejected ? 'rejected' : 'pending', null),
  };
}

/** How a pending order ends. */
export function settleOrder(random: Random, order: PendingOrder): OrderState {
  const { status } = random.weighted(ends);
  const orderId = `0x${random.uuid().replaceAll('-', '')}`;
  if (status === 'cancelled') return unfilled(status, orderId);
  if (status === 'failed') {
    return { ...unfilled(status, null), errorMessage: 'order timed out after 5000 ms' };
  }
  const part = status === 'filled' ? 1 : random.between(0.15, 0.9);
  const better = random.chance(0.55) ? 0.004 * exponential(random) : 0;
  const fill = order.side === 'buy' ? order.maxPrice - better : order.maxPrice + better;
  return {
    status,
    orderId,
    filledAmount: decimal(order.requestedAmount * part, 2),
    fillPrice: decimal(Math.min(0.99, Math.max(0.01, fill)), 4),
    filledAfterMs: Math.round(120 + 600 * exponential(random)),
    errorMessage: null,
  };
}

/** The part of an order that {@link settleOrder} needs. */
export function pendingOrder(order: LiveOrder): PendingOrder {
  const { id, side } = order;
  return {
    id,
    side,
    requestedAmount: Number(order.requestedAmount),
    maxPrice: Number(order.maxPrice),
  };
}

function unfilled(status: OrderStatus, orderId: string | null): OrderState {
  const nothing = { filledAmount: null, fillPrice: null, filledAfterMs: null, errorMessage: null };
  return { status, orderId, ...nothing };
}
