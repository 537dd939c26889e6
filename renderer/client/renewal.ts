import type { Result } from '../../shared/result.ts';

/** Asks for a state and tells it: one question at a time, and once more for what changed meanwhile. */
export class Renewal<T> {
  readonly #ask: () => Promise<Result<T>>;
  readonly #tell: (value: T) => void;
  #isAsking = false;
  #isWished = false;

  constructor(ask: () => Promise<Result<T>>, tell: (value: T) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** What is told after this was asked for after it. A failure tells nothing: what is known stands. */
  readonly renew = (): void => {
    this.#isWished = true;
    if (!this.#isAsking) void this.#run();
  };

  async #run(): Promise<void> {
    this.#isAsking = true;
    while (this.#isWished) {
      this.#isWished = false;
      const result = await this.#ask();
      if (result.ok) this.#tell(result.value);
    }
    this.#isAsking = false;
  }
}
