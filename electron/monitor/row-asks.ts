import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { TradePage, TradeQuery } from '../../shared/trade-page.ts';
import { TradeCursorError } from '../ledger/trade-cursor.ts';
import { failedError, NotAvailableError, tooSlowError } from './not-available.ts';
import type { WatchedLedger } from './watched-ledger.ts';

interface Ask<Q, A> {
  readonly question: Q;
  readonly promise: Promise<A>;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: Error) => void;
}

/** The number of the figures that an answer belongs to; null when it is of old settings. */
export type SequenceNow = () => number | null;

// Short, for fifty times what it took is rested for.
const deadlineMs = 1000;
const mostWaiting = 32;
const mostKept = 32;

/** Questions for rows: equal ones share one answer, which holds while its figures do. */
export class Asks<Q, A> {
  readonly #read: (question: Q) => Promise<A>;
  readonly #asks = new Map<string, Ask<Q, A>>();
  readonly #answers = new Map<string, { readonly answer: A; readonly sequence: number }>();

  constructor(read: (question: Q) => Promise<A>) {
    this.#read = read;
  }

  /**
   * What was answered since the figures of this number were read; else waits with all who ask the same,
   * and rejects where too many questions wait already.
   */
  ask(question: Q, sequence: number): Promise<A> {
    const key = keyOf(question);
    const known = this.#answers.get(key);
    if (known?.sequence === sequence) return Promise.resolve(known.answer);
    const asked = this.#asks.get(key);
    if (asked !== undefined) return asked.promise;
    if (this.#asks.size >= mostWaiting) {
      return Promise.reject(
        new NotAvailableError(
          'Too many questions for rows wait already; ask again in a moment.',
          'too-many-requests',
        ),
      );
    }
    const ask = newAsk<Q, A>(question);
    this.#asks.set(key, ask);
    return ask.promise;
  }

  isWaiting(): boolean {
    return this.#asks.size > 0;
  }

  /** Reads the answer to the question that has waited longest. An answer of old settings is dropped: the next turn asks again. */
  async answerFirst(sequence: SequenceNow, errorOf: (error: unknown) => Error): Promise<void> {
    const [first] = this.#asks;
    if (first === undefined) return;
    const [key, ask] = first;
    try {
      const answer = await this.#read(ask.question);
      const number = sequence();
      if (number === null) return;
      this.#keep(key, answer, number);
      ask.resolve(answer);
    } catch (error) {
      ask.reject(errorOf(error));
    }
    // Whoever was refused meanwhile was taken off, and may have asked again.
    if (this.#asks.get(key) === ask) this.#asks.delete(key);
  }

  refuseAll(error: Error): void {
    for (const { reject } of this.#asks.values()) reject(error);
    this.#asks.clear();
  }

  /** Answers of old settings answer nothing any more. */
  forget(): void {
    this.#answers.clear();
  }

  #keep(key: string, answer: A, sequence: number): void {
    this.#answers.delete(key);
    this.#answers.set(key, { answer, sequence });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > mostKept && oldest !== undefined) this.#answers.delete(oldest);
  }
}

/** All that is asked of a ledger beside its figures. */
export class RowAsks {
  /** The rows behind the data-quality chips. */
  readonly odd: Asks<OddityId, OddRows>;
  /** Pages of trades. */
  readonly pages: Asks<TradeQuery, TradePage>;
  readonly #ledger: () => Pick<WatchedLedger, 'oddRows' | 'trades' | 'failureOf'>;

  constructor(ledger: () => Pick<WatchedLedger, 'oddRows' | 'trades' | 'failureOf'>) {
    this.#ledger = ledger;
    this.odd = new Asks((id) => ledger().oddRows(id, deadlineMs));
    this.pages = new Asks((query) => ledger().trades(query, deadlineMs));
  }

  /** What is to be answered next: who looks at a chip goes before readers of many pages. */
  waiting(): 'odd' | 'pages' | null {
    if (this.odd.isWaiting()) return 'odd';
    return this.pages.isWaiting() ? 'pages' : null;
  }

  answerFirst(rows: 'odd' | 'pages', sequence: SequenceNow): Promise<void> {
    return this[rows].answerFirst(sequence, (error) => this.#errorOf(error));
  }

  refuseAll(error: Error): void {
    this.odd.refuseAll(error);
    this.pages.refuseAll(error);
  }

  forget(): void {
    this.odd.forget();
    this.pages.forget();
  }

  #errorOf(error: unknown): NotAvailableError {
    if (error instanceof TradeCursorError) {
      return new NotAvailableError(error.message, 'bad-request');
    }
    const failure = this.#ledger().failureOf(error);
    return failure.code === 'too-slow' ? tooSlowError(deadlineMs) : failedError(failure);
  }
}

/** Equal questions are written alike, whatever the order of their parts. */
const keyOf = (question: unknown): string =>
  typeof question === 'object' && question !== null
    ? JSON.stringify(Object.entries(question).sort())
    : String(question);

function newAsk<Q, A>(question: Q): Ask<Q, A> {
  let resolve: Ask<Q, A>['resolve'] = () => undefined;
  let reject: Ask<Q, A>['reject'] = () => undefined;
  const promise = new Promise<A>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { question, promise, resolve, reject };
}
