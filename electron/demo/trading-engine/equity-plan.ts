import { createRandom } from './random.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The path that the equity is drawn to, in dollars above the bankroll. */
export interface EquityPlan {
  /** Where the realized P&L should stand at that time. */
  at(timeMs: number): number;
}

/**
 * Thirty days that end well ahead, with a bad stretch in the middle: a curve with a drawdown and a
 * recovery to look at. Today so far is small, or the first thing to see would be an alert.
 */
export function createEquityPlan(seed: number, fromMs: number, toMs: number): EquityPlan {
  const random = createRandom(seed, 'equity');
  const firstDay = Math.floor(fromMs / dayMs);
  const days = Math.floor(toMs / dayMs) - firstDay + 1;
  const total = random.between(260, 500);
  const slump = Math.floor(days * random.between(0.35, 0.6));
  const wished = Array.from({ length: days }, (_, day) => {
    if (day === days - 1) return random.between(2, 14);
    if (day >= days - 3) return random.between(-6, 30);
    const mean = day >= slump && day < slump + 4 ? -19 : 12;
    return Math.min(60, Math.max(-40, mean + 19 * random.normal()));
  });
  const shortfall = total - wished.reduce((sum, value) => sum + value, 0);
  const correction = shortfall / (days - 1);
  const reached = [0];
  for (const [day, value] of wished.entries()) {
    const isToday = day === days - 1;
    reached.push((reached[day] ?? 0) + value + (isToday ? 0 : correction));
  }
  return {
    at: (timeMs) => {
      const day = timeMs / dayMs - firstDay;
      const whole = Math.max(0, Math.min(days - 1, Math.floor(day)));
      const start = reached[whole] ?? 0;
      return start + ((reached[whole + 1] ?? start) - start) * Math.min(1, day - whole);
    },
  };
}
