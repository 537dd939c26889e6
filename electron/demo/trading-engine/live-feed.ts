import { type Closed, type Closing, closeByChance, closeWithReturn } from './closing.ts';
import type { MarketList } from './markets.ts';
import { exponential, type Opening, openTrade } from './opening.ts';
import { createOrder, type PendingOrder, pendingOrder, settleOrder } from './orders.ts';
import { type Position, PositionBook } from './position-book.ts';
import type { Random } from './random.ts';
import type { LiveOrder, OrderState } from './rows.ts';
import type { Scenario } from './scenarios.ts';

/** One thing that the engine does to its ledger. */
export type LiveEvent =
  | { readonly kind: 'open'; readonly opening: Opening }
  | { readonly kind: 'close'; readonly position: Position; readonly closing: Closing }
  | { readonly kind: 'order'; readonly order: LiveOrder }
  | { readonly kind: 'order-move'; readonly order: PendingOrder; readonly state: OrderState }
  | { readonly kind: 'amend'; readonly near: string; readonly change: string }
  | { readonly kind: 'delete'; readonly near: string; readonly count: number };

/** What the ledger holds at the moment the engine takes over. */
export interface LiveStart {
  readonly positions: readonly Position[];
  readonly pendingOrders: readonly PendingOrder[];
}

/** Where the feed's chance and markets come from. */
export interface LiveWorld {
  readonly random: Random;
  readonly markets: MarketList;
  readonly scenario: Scenario;
}

/** Between so many and so many trades are kept open. */
const fewOpen = 15;
const manyOpen = 45;
const usualHoldMs = 60 * 60 * 1000;

/** The next thing to happen, and the next, for ever. Decides; writes nothing. */
export class LiveFeed {
  readonly #world: LiveWorld;
  readonly #book = new PositionBook();
  readonly #pending = new Map<string, PendingOrder>();
  #pnl = 0;

  constructor(world: LiveWorld, start: LiveStart) {
    this.#world = world;
    for (const position of start.positions) this.#book.add(position);
    for (const order of start.pendingOrders) this.#pending.set(order.id, order);
  }

  /** The P&L of all closes so far. */
  get pnl(): number {
    return this.#pnl;
  }

  /** How many trades are open. */
  get openCount(): number {
    return this.#book.size;
  }

  /** What happens now; it counts only when {@link applied} is told that it was written. */
  next(nowMs: number, elapsedMs: number): LiveEvent {
    const { random, scenario } = this.#world;
    if (scenario.meddling !== null && random.chance(0.1)) return this.#meddle(scenario.meddling);
    if (random.chance(0.2)) return this.#order(nowMs);
    const crowd = (this.#book.size - fewOpen) / (manyOpen - fewOpen);
    const mayClose = !scenario.isBare && this.#book.size > 0;
    return mayClose && random.chance(crowd) ? this.#close(elapsedMs) : this.#open(nowMs);
  }

  /** The event is in the ledger. */
  applied(event: LiveEvent): void {
    if (event.kind === 'open') this.#remember(event.opening);
    if (event.kind === 'close') {
      this.#book.remove(event.position);
      this.#pnl += Number(event.closing.realizedPnl ?? 0);
    }
    if (event.kind === 'order' && event.order.state.status === 'pending') {
      this.#pending.set(event.order.id, pendingOrder(event.order));
    }
    if (event.kind === 'order-move') this.#pending.delete(event.order.id);
  }

  #remember(opening: Opening): void {
    // A bare ledger keeps everything open; there is no need to remember what never closes.
    if (this.#world.scenario.isBare) return;
    for (const position of opening.positions) this.#book.add(position);
  }

  #open(nowMs: number): LiveEvent {
    const { random, markets, scenario } = this.#world;
    const desk = { random, markets, book: this.#book, isBare: scenario.isBare };
    const moment = { timeMs: nowMs, createdAtMs: null, holdMs: usualHoldMs };
    return { kind: 'open', opening: openTrade(desk, moment) };
  }

  #close(elapsedMs: number): LiveEvent {
    const { random } = this.#world;
    const all = this.#book.all();
    // Squared, so that the oldest are the likeliest.
    const position = all[Math.floor(random.next() ** 2 * all.length)] ?? random.pick(all);
    return { kind: 'close', position, closing: this.#decide(position, elapsedMs).closing };
  }

  #decide(position: Position, elapsedMs: number): Closed {
    const { random, scenario } = this.#world;
    const missing = scenario.path(elapsedMs) - this.#pnl;
    switch (scenario.steering) {
      case 'chance':
        return closeByChance(random, position, Math.max(-0.3, Math.min(0.3, missing / 30)));
      case 'chase': {
        const wanted = missing / position.quantity + 0.03 * random.normal();
        return closeWithReturn(position, Math.max(-0.92, Math.min(0.9, wanted)));
      }
      case 'lose':
        return closeWithReturn(position, -lossNow(random, this.#pnl));
    }
  }

  #order(nowMs: number): LiveEvent {
    const { random, markets } = this.#world;
    const oldest = this.#pending.values().next().value;
    if (oldest && (this.#pending.size > 4 || random.chance(0.5))) {
      return { kind: 'order-move', order: oldest, state: settleOrder(random, oldest) };
    }
    const order = createOrder(random, markets, { timeMs: nowMs, createdAtMs: null });
    return { kind: 'order', order };
  }

  #meddle(how: 'amend' | 'delete'): LiveEvent {
    const { random } = this.#world;
    const near = random.uuid();
    if (how === 'delete') return { kind: 'delete', near, count: random.pick([1, 1, 2, 3]) };
    const change = (random.chance(0.5) ? 1 : -1) * random.between(0.5, 6);
    return { kind: 'amend', near, change: change.toFixed(2) };
  }
}

/** Losses fade as the account empties, or a demo left alone would owe millions by the evening. */
function lossNow(random: Random, pnl: number): number {
  const left = Math.max(0.02, 1 + pnl / 300);
  return left * Math.min(0.8, 0.08 + 0.16 * exponential(random));
}
