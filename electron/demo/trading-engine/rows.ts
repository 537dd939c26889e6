/** A row of `paper_trades` as the engine writes it; numbers are decimal text. */
export interface PaperTrade {
  readonly id: string;
  /** Null: the database's own clock at the insert. */
  readonly createdAtMs: number | null;
  readonly opportunityId: string;
  readonly opportunityType: string;
  readonly marketId: string;
  readonly venue: string;
  readonly side: Side;
  readonly outcome: 'YES' | 'NO';
  readonly quantity: string;
  readonly price: string;
  readonly expectedEdge: string;
  readonly strategyId: string | null;
  readonly riskApproved: boolean;
  readonly riskRejectionReason: string | null;
  readonly status: string;
  readonly exitPrice: string | null;
  readonly realizedPnl: string | null;
  readonly fees: string;
  readonly resolvedAtMs: number | null;
}

/** Which way a trade bets. */
export type Side = 'buy' | 'sell';

/** What the engine calls the state of an order. */
export type OrderStatus = 'pending' | 'filled' | 'partial' | 'failed' | 'cancelled' | 'rejected';

/** A row of `live_trades`. */
export interface LiveOrder {
  readonly id: string;
  /** Null: the database's own clock at the insert. */
  readonly createdAtMs: number | null;
  readonly tradeId: string;
  readonly requestId: string;
  readonly opportunityId: string;
  readonly opportunityType: string | null;
  readonly marketId: string;
  readonly venue: string;
  readonly tokenId: string;
  readonly side: Side;
  readonly outcome: 'YES' | 'NO';
  readonly requestedAmount: string;
  readonly maxPrice: string;
  readonly expectedEdge: string | null;
  readonly expectedFee: string | null;
  readonly strategy: string | null;
  readonly riskApproved: boolean;
  readonly riskRejectionReason: string | null;
  /** How it stands. */
  readonly state: OrderState;
}

/** The part of an order that changes. */
export interface OrderState {
  readonly status: OrderStatus;
  readonly orderId: string | null;
  readonly filledAmount: string | null;
  readonly fillPrice: string | null;
  /** How long the fill took, or null when there was none. */
  readonly filledAfterMs: number | null;
  readonly errorMessage: string | null;
}

/** Decimal text of at most so many places, without trailing zeros or "-0". */
export function decimal(value: number, places: number): string {
  const text = value.toFixed(places);
  let end = text.length;
  if (places > 0) {
    while (text[end - 1] === '0') end -= 1;
    if (text[end - 1] === '.') end -= 1;
  }
  const short = text.slice(0, end);
  return short === '-0' ? '0' : short;
}
