import { entryFee, exponential } from './opening.ts';
import type { Position } from './position-book.ts';
import type { Random } from './random.ts';
import { decimal, type PaperTrade } from './rows.ts';

/** What a close writes into its row, apart from the time. */
export type Closing = Pick<PaperTrade, 'status' | 'exitPrice' | 'realizedPnl' | 'fees'>;

/** A close and what it made. */
export interface Closed {
  readonly closing: Closing;
  /** Dollars, 0 when the row does not say. */
  readonly pnl: number;
}

const lowestExit = 0.001;
const highestExit = 0.999;

/** The usual end of a trade; the tilt is added to its chance to win. */
export function closeByChance(random: Random, position: Position, tilt: number): Closed {
  const kind = random.next();
  if (kind < 0.006) return withoutPnl(random.pick(['expired', 'cancelled']), position);
  if (kind < 0.009) return withoutPnl('closed', position);
  const favour = favourOf(position);
  const mayResolve = favour >= 0.72 && favour <= 0.93 && position.quantity <= 15;
  if (mayResolve && random.chance(0.25)) {
    return resolve(position, random.chance(favour + 0.02 + tilt / 2));
  }
  if (position.venue === 'polymarket' && random.chance(0.012)) return closeAtPrice(position);
  const { winRate, gain, loss } = position.play;
  const size = 0.25 + 0.75 * exponential(random);
  const isWin = random.chance(winRate + tilt);
  return closeWithReturn(
    position,
    isWin ? Math.min(0.8, gain * size) : -Math.min(0.9, loss * size),
  );
}

/** Closes at the price that makes the wanted return on the stake, as near as prices allow. */
export function closeWithReturn(position: Position, wanted: number): Closed {
  const { price, quantity } = position;
  const fees = roundTripFee(position);
  const move = (wanted * quantity + fees) / contractsOf(position);
  const exit = position.side === 'buy' ? price + move : price - move;
  return closeAt(position, Math.min(highestExit, Math.max(lowestExit, exit)), 'closed', fees);
}

/** The question was settled: the position pays out in full or is lost. */
function resolve(position: Position, isWin: boolean): Closed {
  const paysOut = position.side === 'buy' ? isWin : !isWin;
  return closeAt(position, paysOut ? 1 : 0, 'resolved', entryFeeOf(position));
}

/** Out at the price of the entry, without a fee: neither won nor lost. */
function closeAtPrice(position: Position): Closed {
  return closeAt(position, position.price, 'closed', 0);
}

// Floats, for this makes up what somebody else's system would have booked: the decimal text that comes
// out is the booking. Plumbline itself never computes money this way.
function closeAt(position: Position, exit: number, status: string, fees: number): Closed {
  const exitPrice = decimal(exit, 4);
  const fee = decimal(fees, 4);
  const move = Number(exitPrice) - position.price;
  const gross = contractsOf(position) * (position.side === 'buy' ? move : -move);
  const realizedPnl = decimal(gross - Number(fee), 4);
  return { closing: { status, exitPrice, realizedPnl, fees: fee }, pnl: Number(realizedPnl) };
}

function withoutPnl(status: string, position: Position): Closed {
  const fees = decimal(entryFeeOf(position), 4);
  return { closing: { status, exitPrice: null, realizedPnl: null, fees }, pnl: 0 };
}

/** A buyer pays the price for a contract, a seller puts up the rest of the dollar. */
function contractsOf({ side, price, quantity }: Position): number {
  return quantity / (side === 'buy' ? price : 1 - price);
}

/** The probability that the market gives to this position's winning. */
function favourOf({ side, price }: Position): number {
  return side === 'buy' ? price : 1 - price;
}

function entryFeeOf({ venue, side, price, quantity }: Position): number {
  return entryFee(venue, side, price, quantity);
}

/** Going out costs a little less than going in: the exit is often a resting order. */
function roundTripFee(position: Position): number {
  return 1.6 * entryFeeOf(position);
}
