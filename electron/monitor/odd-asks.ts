import type { OddityId, OddRows } from '../../shared/oddities.ts';

interface Ask {
  readonly promise: Promise<OddRows>;
  readonly resolve: (rows: OddRows) => void;
  readonly reject: (error: Error) => void;
}

/** Who asked for the rows behind a chip: equal asks share one answer, which holds while its figures do. */
export class OddAsks {
  readonly #asks = new Map<OddityId, Ask>();
  readonly #answers = new Map<OddityId, { readonly rows: OddRows; readonly sequence: number }>();

  /** What was answered since the figures of this number were read, null when nothing was. */
  answerOf(id: OddityId, sequence: number): OddRows | null {
    const known = this.#answers.get(id);
    return known?.sequence === sequence ? known.rows : null;
  }

  /** Waits with all who ask the same. */
  ask(id: OddityId): Promise<OddRows> {
    const ask = this.#asks.get(id) ?? newAsk();
    this.#asks.set(id, ask);
    return ask.promise;
  }

  /** The one that has waited longest, null when nobody waits. */
  first(): OddityId | null {
    return this.#asks.keys().next().value ?? null;
  }

  answer(id: OddityId, rows: OddRows, sequence: number): void {
    this.#answers.set(id, { rows, sequence });
    this.#asks.get(id)?.resolve(rows);
    this.#asks.delete(id);
  }

  refuse(id: OddityId, error: Error): void {
    this.#asks.get(id)?.reject(error);
    this.#asks.delete(id);
  }

  refuseAll(error: Error): void {
    for (const id of [...this.#asks.keys()]) this.refuse(id, error);
  }

  /** Answers of old settings answer nothing any more. */
  forget(): void {
    this.#answers.clear();
  }
}

function newAsk(): Ask {
  let resolve: Ask['resolve'] = () => undefined;
  let reject: Ask['reject'] = () => undefined;
  const promise = new Promise<OddRows>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
