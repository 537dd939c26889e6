import { type Latency, latencyClassesMs, type OwnCost } from '../../shared/own-cost.ts';
import type { Clock } from './clock.ts';
import { dutyCycle } from './pace.ts';
import type { WatchedLedger } from './watched-ledger.ts';

const latestKept = 500;
const windowMs = 10 * 60 * 1000;

/** Counts what watching costs. */
export class CostLog {
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  readonly #latencies = { probe: new Latencies(), refresh: new Latencies() };
  /** Time inside queries when runs ended, oldest first: the last before the window, and those in it. */
  #spent: { readonly atMs: number; readonly spentMs: number }[];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAtMs = clock.monotonicMs();
    this.#spent = [{ atMs: this.#startedAtMs, spentMs: 0 }];
  }

  /** Times a question; one that failed took no time that would mean anything. */
  async timed<T>(kind: 'probe' | 'refresh', ask: () => Promise<T>): Promise<T> {
    const startedAtMs = this.#clock.monotonicMs();
    const answer = await ask();
    this.#latencies[kind].add(this.#clock.monotonicMs() - startedAtMs);
    return answer;
  }

  /** A run has ended; `spentMs` counts from the start. */
  runEnded(spentMs: number): void {
    const atMs = this.#clock.monotonicMs();
    this.#spent.push({ atMs, spentMs });
    while ((this.#spent[1]?.atMs ?? atMs) < atMs - windowMs) this.#spent.shift();
  }

  report(ledger: WatchedLedger): OwnCost {
    const nowMs = this.#clock.monotonicMs();
    return {
      forMs: nowMs - this.#startedAtMs,
      probe: this.#latencies.probe.report(),
      refresh: this.#latencies.refresh.report(),
      dutyCycle: this.#dutyCycleAt(nowMs, ledger.spentMs()),
      dutyCycleLimit: dutyCycle,
      ...{ spentMs: ledger.spentMs(), upkeepMs: ledger.upkeepMs() },
      ...ledger.traffic(),
      history: ledger.history(),
    };
  }

  #dutyCycleAt(nowMs: number, spentMs: number): number {
    const first = this.#spent[0];
    if (first === undefined || nowMs <= first.atMs) return 0;
    return Math.min(1, (spentMs - first.spentMs) / (nowMs - first.atMs));
  }
}

class Latencies {
  #count = 0;
  readonly #histogram: number[] = [...latencyClassesMs, 0].map(() => 0);
  readonly #latest: number[] = [];

  add(ms: number): void {
    this.#latest[this.#count % latestKept] = ms;
    this.#count += 1;
    const place = latencyClassesMs.findIndex((most) => ms <= most);
    const index = place < 0 ? latencyClassesMs.length : place;
    this.#histogram[index] = (this.#histogram[index] ?? 0) + 1;
  }

  report(): Latency {
    const sorted = [...this.#latest].sort((a, b) => a - b);
    const at = (share: number): number | null =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
    return { count: this.#count, p50Ms: at(0.5), p95Ms: at(0.95), histogram: this.#histogram };
  }
}
