/** Strategy, venue and market of a close; an empty name stands for none. */
export type NamesOfClose = readonly [strategy: string, venue: string, market: string];

/** By what closes are told apart, in the order of `NamesOfClose`. */
export const closeDimensions = ['strategy', 'venue', 'market'] as const;

export type CloseDimension = (typeof closeDimensions)[number];

/** Names of closes as numbers, 12 bytes a row; each name is kept once. */
export class CloseNames {
  #codes: Uint32Array[];
  readonly #names = closeDimensions.map((): string[] => []);
  readonly #codeOf = closeDimensions.map(() => new Map<string, number>());

  constructor(capacity: number) {
    this.#codes = closeDimensions.map(() => new Uint32Array(capacity));
  }

  /** Bytes of the rows; the names come on top. */
  bytes(): number {
    return this.#codes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  write(row: number, names: NamesOfClose): void {
    names.forEach((name, dimension) => {
      const column = this.#codes[dimension];
      if (column !== undefined) column[row] = this.#code(dimension, name);
    });
  }

  move(to: number, from: number, end: number): void {
    for (const column of this.#codes) column.copyWithin(to, from, end);
  }

  grow(capacity: number): void {
    this.#codes = this.#codes.map((column) => {
      const grown = new Uint32Array(capacity);
      grown.set(column);
      return grown;
    });
  }

  nameAt(row: number, dimension: CloseDimension): string {
    const index = closeDimensions.indexOf(dimension);
    return this.#names[index]?.[this.#codes[index]?.[row] ?? 0] ?? '';
  }

  isSame(row: number, names: NamesOfClose): boolean {
    return closeDimensions.every(
      (dimension, index) => this.nameAt(row, dimension) === names[index],
    );
  }

  #code(dimension: number, name: string): number {
    const known = this.#codeOf[dimension]?.get(name);
    if (known !== undefined) return known;
    const code = this.#names[dimension]?.push(name) ?? 0;
    this.#codeOf[dimension]?.set(name, code - 1);
    return code - 1;
  }
}
