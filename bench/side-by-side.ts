import { quantile } from './quantile.ts';

/** One way of doing the same thing. */
export interface Way {
  readonly name: string;
  /** Comes before each run and is not timed. */
  readonly before?: () => Promise<unknown>;
  run(): Promise<unknown>;
}

/** How a way did, in milliseconds, and against the first way, round by round. */
export interface Timing {
  readonly name: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Median of the ratios of this way's time to the first way's in the same round. */
  readonly ratio: number;
}

/** Runs all ways in turn, round after round, so that a machine that drifts drifts for all. */
export async function sideBySide(ways: readonly Way[], rounds: number): Promise<Timing[]> {
  const times = ways.map((): number[] => []);
  for (let round = -3; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) {
      await way.before?.();
      const start = performance.now();
      await way.run();
      // The first rounds warm caches and plans up.
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  const base = times[0] ?? [];
  return ways.map(({ name }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((ms, round) => ms / (base[round] ?? Number.NaN));
    return {
      name,
      medianMs: quantile(own, 0.5),
      p95Ms: quantile(own, 0.95),
      ratio: quantile(ratios, 0.5),
    };
  });
}
