import { describe, expect, it } from 'vitest';
import { type LiveEvent, LiveFeed } from './live-feed.ts';
import { createMarkets } from './markets.ts';
import { createRandom } from './random.ts';
import { type ScenarioName, scenarioNames, scenarios } from './scenarios.ts';

const startMs = Date.UTC(2026, 2, 14, 12);

interface Moment {
  readonly elapsedMs: number;
  readonly pnl: number;
  readonly event: LiveEvent;
}

/** What happens in so many seconds of a scenario, as if every write had gone well. */
function tell(scenarioName: ScenarioName, seconds: number, seed = 1): readonly Moment[] {
  const scenario = scenarios[scenarioName];
  const markets = createMarkets(seed, startMs);
  const world = { random: createRandom(seed, 'test'), markets, scenario };
  const feed = new LiveFeed(world, { positions: [], pendingOrders: [] });
  const moments: Moment[] = [];
  let elapsedMs = 0;
  for (;;) {
    const intervalMs = scenario.intervalMs(elapsedMs);
    if (intervalMs === null) return moments;
    elapsedMs += intervalMs;
    if (elapsedMs > seconds * 1000) return moments;
    const event = feed.next(startMs + elapsedMs, elapsedMs);
    feed.applied(event);
    moments.push({ elapsedMs, pnl: feed.pnl, event });
  }
}

function count(moments: readonly Moment[], kind: LiveEvent['kind']): number {
  return moments.filter((moment) => moment.event.kind === kind).length;
}

describe('the live feed', () => {
  it('is the same for the same seed', () => {
    expect(tell('steady', 300)).toEqual(tell('steady', 300));
  });

  it.each([1, 2, 3])('is calm and two-sided when steady, seed %i', (seed) => {
    const moments = tell('steady', 3600, seed);
    expect(count(moments, 'open')).toBeGreaterThan(900);
    expect(count(moments, 'close')).toBeGreaterThan(900);
    expect(count(moments, 'order')).toBeGreaterThan(150);
    expect(count(moments, 'order-move')).toBeGreaterThan(150);
    expect(count(moments, 'amend') + count(moments, 'delete')).toBe(0);
    expect(Math.min(...moments.map((moment) => moment.pnl))).toBeGreaterThan(-45);
    expect(Math.max(...moments.map((moment) => moment.pnl))).toBeLessThan(60);
  });

  it('is rare when quiet and dense in a burst', () => {
    expect(tell('quiet', 600)).toHaveLength(40);
    expect(tell('burst', 60)).toHaveLength(1200);
  });

  it('loses with every close in a losing streak, beyond both loss limits', () => {
    const closes = tell('losing-streak', 900).filter(({ event }) => event.kind === 'close');
    expect(closes.length).toBeGreaterThan(200);
    for (const { event } of closes) {
      expect(event.kind === 'close' && Number(event.closing.realizedPnl)).toBeLessThan(0);
    }
    expect(closes.at(-1)?.pnl).toBeLessThan(-200);
    expect(closes.at(-1)?.pnl).toBeGreaterThan(-400);
  });

  it.each([1, 2, 3])('dips by about $80 and comes back within a minute, seed %i', (seed) => {
    const moments = tell('dip-and-recovery', 190, seed).filter((m) => m.elapsedMs > 20_000);
    const lowest = Math.min(...moments.map((moment) => moment.pnl));
    expect(lowest).toBeLessThan(-60);
    expect(lowest).toBeGreaterThan(-110);
    const bottom = moments.find((moment) => moment.pnl === lowest)?.elapsedMs ?? 0;
    const back = moments.find((m) => m.elapsedMs > bottom && m.pnl > -12)?.elapsedMs;
    expect(back).toBeLessThan(bottom + 75_000);
    expect(Math.abs(moments.at(-1)?.pnl ?? Number.NaN)).toBeLessThan(15);
  });

  it('is silent when the engine is dead', () => {
    expect(tell('engine-dead', 3600)).toEqual([]);
  });

  it('amends or deletes old rows only in those two scenarios', () => {
    expect(count(tell('amendment', 600), 'amend')).toBeGreaterThan(20);
    expect(count(tell('deletion', 600), 'delete')).toBeGreaterThan(20);
    for (const name of scenarioNames.filter((item) => !['amendment', 'deletion'].includes(item))) {
      const moments = tell(name, 300);
      expect(count(moments, 'amend') + count(moments, 'delete')).toBe(0);
    }
  });

  it('never closes anything, nor names a type, when all is open', () => {
    const moments = tell('all-open', 600);
    expect(count(moments, 'close')).toBe(0);
    const trades = moments.flatMap(({ event }) =>
      event.kind === 'open' ? event.opening.trades : [],
    );
    expect(new Set(trades.map((trade) => trade.opportunityType))).toEqual(new Set(['unknown']));
    expect(new Set(trades.map((trade) => trade.fees))).toEqual(new Set(['0']));
  });

  it('forgets an event that could not be written', () => {
    const markets = createMarkets(1, startMs);
    const world = { random: createRandom(1, 'lost'), markets, scenario: scenarios.steady };
    const feed = new LiveFeed(world, { positions: [], pendingOrders: [] });
    for (let step = 0; step < 200; step += 1) feed.next(startMs, step * 1000);
    expect(feed.openCount).toBe(0);
    expect(feed.pnl).toBe(0);
  });

  it('describes every scenario in one line', () => {
    for (const name of scenarioNames) expect(scenarios[name].summary).toMatch(/^[^\n]{20,90}$/);
    expect(scenarioNames[0]).toBe('steady');
  });
});
