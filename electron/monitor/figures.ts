import type { Snapshot } from '../../shared/snapshot.ts';
import type { Clock } from './clock.ts';
import type { CostLog } from './cost-log.ts';
import type { Reading, WatchedLedger } from './watched-ledger.ts';

/** Stands for one moment of the circumstances that an answer depends on. */
export interface Circumstances {
  readonly wakes: number;
  readonly rereads: number;
}

/** When the ledger last vouched for the figures. */
interface Confirmation {
  readonly asOf: string;
  readonly atMs: number;
  /** This machine's wall clock minus the database's, as far as it is certain. */
  readonly skewMs: number;
}

type Held = Reading & Circumstances & { readonly readAtMs: number };
type Sent = Circumstances & { readonly atMs: number };

/** Looks at each reading while the line of its closes stands still; never rejects. */
export type Evaluate = (reading: Reading) => Promise<void>;

const refreshDeadlineMs = 8000;
const probeDeadlineMs = 1500;

/** An unchanged version is trusted this long; then everything is read again all the same. */
const longestUnreadMs = 60 * 1000;

/** The last good answer, its number, and how far it is known to hold. */
export class Figures {
  readonly #clock: Clock;
  readonly #cost: CostLog;
  readonly #evaluate: Evaluate;
  #held: Held | null = null;
  #confirmed: Confirmation | null = null;
  #sequence = 0;
  /** Counts the times that the machine came back from sleep; an answer from before proves nothing. */
  #wakes = 0;
  /** Counts the changes of what figures depend on; a reading from before is not confirmed any more. */
  #rereads = 0;
  #isClosed = false;
  #isLoading = false;
  #isExpired = false;

  constructor(clock: Clock, cost: CostLog, evaluate: Evaluate) {
    this.#clock = clock;
    this.#cost = cost;
    this.#evaluate = evaluate;
  }

  get snapshot(): Snapshot | null {
    return this.#held?.snapshot ?? null;
  }

  /** 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  get confirmed(): Confirmation | null {
    return this.#confirmed;
  }

  circumstances(): Circumstances {
    return { wakes: this.#wakes, rereads: this.#rereads };
  }

  /** The machine slept: what was asked before proves nothing. */
  distrust(): void {
    this.#wakes += 1;
  }

  /** What figures depend on has changed: what is held stands, and is read anew at the next look. */
  outdate(): void {
    this.#rereads += 1;
  }

  /** What is still under way is not taken any more. */
  close(): void {
    this.#isClosed = true;
  }

  wokeSince({ wakes }: Circumstances): boolean {
    return wakes !== this.#wakes;
  }

  outdatedSince({ rereads }: Circumstances): boolean {
    return rereads !== this.#rereads;
  }

  /** Whether what is held was read under the settings of now, and no history is being loaded. */
  isCurrent(): boolean {
    return this.#held !== null && !this.#isLoading && !this.outdatedSince(this.#held);
  }

  /** Whether the last refresh loaded a part of the history, and figures are still to come. */
  isLoading(): boolean {
    return this.#isLoading;
  }

  /** What is held stays trusted, and is read anew at the next look. */
  expire(): void {
    this.#isExpired = true;
  }

  /** Has what is held confirmed by a probe, else reads everything. */
  async observe(ledger: WatchedLedger): Promise<void> {
    const held = this.#held;
    const isDue = this.#isLoading || this.#isExpired;
    if (held === null || isDue || this.outdatedSince(held)) return this.read(ledger);
    if (this.#clock.monotonicMs() - held.readAtMs > longestUnreadMs) return this.read(ledger);
    const sent = this.#sent();
    const { asOf, token } = await this.#cost.timed('probe', () => ledger.probe(probeDeadlineMs));
    const holds = token === held.token && asOf < held.validUntil && !this.outdatedSince(held);
    if (holds) this.#confirm(asOf, sent);
    else await this.read(ledger);
  }

  /** Reads everything; what is held stands while history is yet to be loaded. */
  async read(ledger: WatchedLedger): Promise<void> {
    const sent = this.#sent();
    this.#isExpired = false;
    const reading = await this.#cost.timed('refresh', () => ledger.refresh(refreshDeadlineMs));
    this.#isLoading = reading === null;
    if (reading === null) return;
    // An answer from before a sleep would be held with an age that leaves the sleep out.
    if (this.#isClosed || this.wokeSince(sent)) return;
    const { atMs: readAtMs, ...circumstances } = sent;
    this.#held = { ...reading, ...circumstances, readAtMs };
    this.#sequence += 1;
    this.#confirm(reading.snapshot.asOf, sent);
    // Under other settings it may be another ledger's: the next reading is looked at.
    if (!this.outdatedSince(sent)) await this.#evaluate(reading);
  }

  // The age counts from when the question was sent: never younger than the truth.
  #confirm(asOf: string, sent: Sent): void {
    if (this.wokeSince(sent)) return;
    // The database read its clock somewhere between question and answer: half of that time either way
    // tells nothing of the clocks.
    const halfMs = (this.#clock.monotonicMs() - sent.atMs) / 2;
    const apartMs = this.#clock.wallMs() - halfMs - Date.parse(asOf);
    const skewMs = Math.sign(apartMs) * Math.max(0, Math.abs(apartMs) - halfMs);
    this.#confirmed = { asOf, atMs: sent.atMs, skewMs };
  }

  #sent(): Sent {
    return { ...this.circumstances(), atMs: this.#clock.monotonicMs() };
  }
}
