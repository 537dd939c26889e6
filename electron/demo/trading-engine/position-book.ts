import type { Play } from './playbook.ts';
import type { Side } from './rows.ts';

/** A trade that is open, with what its close needs to know. */
export interface Position {
  readonly id: string;
  readonly marketId: string;
  readonly venue: string;
  readonly side: Side;
  readonly price: number;
  /** Dollars at risk. */
  readonly quantity: number;
  readonly play: Play;
  /** When the engine means to close it. */
  readonly dueAtMs: number;
}

/** The engine's own limits: a bankroll of $500, 10 % of it in a market and 50 % at a venue. */
export const riskLimits = { market: 50, venue: 250 } as const;

/** What the engine has open, and how much of its limits that uses. */
export class PositionBook {
  readonly #positions = new Map<string, Position>();
  readonly #exposure = new Map<string, number>();

  get size(): number {
    return this.#positions.size;
  }

  add(position: Position): void {
    this.#positions.set(position.id, position);
    this.#expose(position, position.quantity);
  }

  remove(position: Position): void {
    if (this.#positions.delete(position.id)) this.#expose(position, -position.quantity);
  }

  /** Those due by then, the earliest first. */
  due(timeMs: number): readonly Position[] {
    const found: Position[] = [];
    for (const position of this.#positions.values()) {
      if (position.dueAtMs <= timeMs) found.push(position);
    }
    return found.length > 1 ? found.sort((a, b) => a.dueAtMs - b.dueAtMs) : found;
  }

  /** All of them, in the order of their opening. */
  all(): readonly Position[] {
    return [...this.#positions.values()];
  }

  /** What the risk check says to a trade of that size, or null when it fits. */
  objection(marketId: string, venue: string, quantity: number): string | null {
    const market = (this.#exposure.get(marketId) ?? 0) + quantity;
    if (market > riskLimits.market) {
      return `Position would exceed limit: $${money(market)} > $${riskLimits.market}`;
    }
    const atVenue = (this.#exposure.get(venue) ?? 0) + quantity;
    if (atVenue > riskLimits.venue) {
      return `Venue exposure would exceed limit: $${money(atVenue)} > $${riskLimits.venue}`;
    }
    return null;
  }

  #expose({ marketId, venue }: Position, change: number): void {
    for (const key of [marketId, venue]) {
      this.#exposure.set(key, (this.#exposure.get(key) ?? 0) + change);
    }
  }
}

/** As the real engine prints amounts: no trailing zeros. */
function money(value: number): string {
  return String(Math.round(value * 100) / 100);
}
