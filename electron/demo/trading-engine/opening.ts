import type { Market, MarketList } from './markets.ts';
import { type Play, playbook } from './playbook.ts';
import type { Position, PositionBook } from './position-book.ts';
import type { Random } from './random.ts';
import { decimal, type PaperTrade, type Side } from './rows.ts';

/** What the engine decided about one opportunity: one trade, or two legs of one. */
export interface Opening {
  readonly trades: readonly PaperTrade[];
  /** The trades among them that hold money now. */
  readonly positions: readonly Position[];
}

/** What openings are made from. */
export interface OpeningDesk {
  readonly random: Random;
  readonly markets: MarketList;
  readonly book: PositionBook;
  /** The real system as it is today writes no types and no fees and closes nothing. */
  readonly isBare: boolean;
}

/** When the trade is made, and how long such a trade is usually held. */
export interface OpeningMoment {
  readonly timeMs: number;
  /** Written into the row, or null to let the database's clock decide. */
  readonly createdAtMs: number | null;
  readonly holdMs: number;
}

type Verdict = Pick<PaperTrade, 'riskApproved' | 'riskRejectionReason'>;

/** With those that the limits turn down, about 12 % of all. */
const rejectedPart = 0.042;
const longestHoldMs = 8 * 60 * 60 * 1000;
const failedPart = 0.022;

/** One opportunity: taken, turned down by the risk check, or failed at the venue. */
export function openTrade(desk: OpeningDesk, moment: OpeningMoment): Opening {
  const { random, markets } = desk;
  const play = random.weighted(playbook);
  const first = markets.pick(random, moment.timeMs);
  const second = play.legs === 2 ? [markets.twin(first)] : [];
  const shared = {
    opportunityId: random.uuid(),
    outcome: random.chance(0.7) ? 'YES' : 'NO',
    side: random.chance(0.68) ? 'buy' : 'sell',
    edge: 0.004 + 0.016 * exponential(random),
  } as const;
  const legs = [first, ...second].map((market, index) => {
    const side = index === 0 ? shared.side : otherSide(shared.side);
    return openLeg(desk, moment, play, { ...shared, side, market });
  });
  return {
    trades: legs.map((leg) => leg.trade),
    positions: legs.flatMap((leg) => (leg.position ? [leg.position] : [])),
  };
}

interface LegPlan {
  readonly opportunityId: string;
  readonly outcome: 'YES' | 'NO';
  readonly side: Side;
  readonly edge: number;
  readonly market: Market;
}

interface Leg {
  readonly trade: PaperTrade;
  readonly position: Position | null;
}

function openLeg(desk: OpeningDesk, moment: OpeningMoment, play: Play, plan: LegPlan): Leg {
  const { random } = desk;
  const { market, side, outcome } = plan;
  const quantity = stake(random);
  const yes = market.priceAt(moment.timeMs);
  const price = Number(decimal(outcome === 'YES' ? yes : 1 - yes, 3));
  const verdict = judge(desk, market, quantity);
  const id = random.uuid();
  const trade = describeTrade(desk, play, plan, { id, quantity, price, verdict });
  const row = { ...trade, createdAtMs: moment.createdAtMs };
  if (verdict.riskRejectionReason !== null) return { trade: row, position: null };
  const holdMs = moment.holdMs * play.hold * Math.exp(0.8 * random.normal() - 0.3);
  const dueAtMs = moment.timeMs + Math.min(longestHoldMs, holdMs);
  const { id: marketId, venue } = market;
  return { trade: row, position: { id, marketId, venue, side, price, quantity, play, dueAtMs } };
}

interface LegFacts {
  readonly id: string;
  readonly quantity: number;
  readonly price: number;
  readonly verdict: Verdict;
}

function describeTrade(
  { isBare }: OpeningDesk,
  play: Play,
  { opportunityId, market, side, outcome, edge }: LegPlan,
  { id, quantity, price, verdict }: LegFacts,
): Omit<PaperTrade, 'createdAtMs'> {
  const paysFee = verdict.riskRejectionReason === null && !isBare;
  return {
    id,
    opportunityId,
    opportunityType: isBare ? 'unknown' : play.opportunityType,
    marketId: market.id,
    venue: market.venue,
    side,
    outcome,
    quantity: decimal(quantity, 2),
    price: decimal(price, 3),
    expectedEdge: decimal(edge, 4),
    strategyId: play.strategyId,
    ...verdict,
    status: 'open',
    exitPrice: null,
    realizedPnl: null,
    fees: paysFee ? decimal(entryFee(market.venue, side, price, quantity), 4) : '0',
    resolvedAtMs: null,
  };
}

/** What the venue takes when a position is opened: Kalshi a part of the variance, Polymarket nothing. */
export function entryFee(venue: string, side: Side, price: number, quantity: number): number {
  if (venue !== 'kalshi') return 0;
  const contracts = quantity / (side === 'buy' ? price : 1 - price);
  return 0.0175 * contracts * price * (1 - price);
}

/** Exponentially distributed with a mean of 1. */
export function exponential(random: Random): number {
  return -Math.log(1 - random.next());
}

/** $5 to $60, most of them near $10. */
function stake(random: Random): number {
  const dollars = 10 * Math.exp(0.5 * random.normal());
  return Math.round(Math.min(60, Math.max(5, dollars)) * 100) / 100;
}

function judge({ random, book, isBare }: OpeningDesk, market: Market, quantity: number): Verdict {
  // Without closes the limits would be used up within the hour; the real system does not check them.
  const objection = isBare ? null : book.objection(market.id, market.venue, quantity);
  const reason = objection ?? (random.chance(rejectedPart) ? rejectionReason(random) : null);
  if (reason !== null) return { riskApproved: false, riskRejectionReason: reason };
  const isFailed = random.chance(failedPart);
  return { riskApproved: true, riskRejectionReason: isFailed ? failureReason(random) : null };
}

function rejectionReason(random: Random): string {
  const over = (limit: number, spread: number): string =>
    `$${decimal(limit + 0.1 + spread * exponential(random), 1)} > $${limit}`;
  const reasons = [
    { weight: 9, text: () => `Position would exceed limit: ${over(50, 6)}` },
    { weight: 4, text: () => `Venue exposure would exceed limit: ${over(250, 9)}` },
    { weight: 2, text: () => `Daily loss limit reached: ${over(50, 2)}` },
    { weight: 1, text: () => 'System is halted' },
  ];
  return random.weighted(reasons).text();
}

function failureReason(random: Random): string {
  return random.pick([
    'Execution failed: order timed out after 5000 ms',
    'Execution failed: insufficient liquidity at limit price',
    'Execution failed: venue returned 503',
  ]);
}

function otherSide(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}
