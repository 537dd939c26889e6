import { addDecimals, type Decimal, printDecimal, zero } from '../../../shared/decimal.ts';
import { countNames, namesShown, type RowGroup, sumNames } from '../row-groups.ts';
import type { Bucket, KeptGroup } from './bucket.ts';

interface Total {
  readonly group: Pick<KeptGroup, 'rowClass' | 'type' | 'strategy'>;
  readonly counts: number[];
  readonly sums: Decimal[];
}

const reasonKey = (rowClass: string, reason: string): string => `${rowClass} ${reason}`;

/**
 * Sums over all buckets. A bucket that is replaced is taken out and the new one put in; the sums are
 * exact, so that they are those over the buckets that are kept, whatever came and went.
 */
export class BucketTotals {
  readonly #totals = new Map<string, Total>();
  readonly #reasons = new Map<string, number>();
  /** Groups in all buckets. */
  groups = 0;

  put(bucket: Bucket): void {
    this.#change(bucket, 1);
  }

  take(bucket: Bucket): void {
    this.#change(bucket, -1);
  }

  /** The reasons of a class with their counts, in no order. */
  reasonsOf(rowClass: 'rejected' | 'failed'): { reason: string; count: number }[] {
    const prefix = reasonKey(rowClass, '');
    return [...this.#reasons]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, count]) => ({ reason: key.slice(prefix.length), count }));
  }

  /** The same groups that `readRowGroups` asks for. */
  rowGroups(
    extremes: Pick<RowGroup, 'highest' | 'lowest'>,
    firstExecutedAt: string | null,
  ): RowGroup[] {
    const kinds = [
      ['total', () => null],
      ['strategy', ({ strategy }: Total['group']) => strategy],
      ['type', ({ type }: Total['group']) => type],
    ] as const;
    return kinds.flatMap(([kind, nameOf]) =>
      rankedNames([...this.#totals.values()], nameOf).flatMap(({ name, byClass }, index) =>
        [...byClass].map(([rowClass, total]): RowGroup => {
          const isExecuted = rowClass !== 'rejected' && rowClass !== 'failed';
          return {
            ...{ row_class: rowClass, kind, rank: index + 1, label: name },
            highest: rowClass === 'scored' ? extremes.highest : null,
            lowest: rowClass === 'scored' ? extremes.lowest : null,
            first_created_at: isExecuted ? firstExecutedAt : null,
            ...fieldsOf(total),
          };
        }),
      ),
    );
  }

  #change(bucket: Bucket, step: 1 | -1): void {
    this.groups += step * bucket.groups.length;
    for (const group of bucket.groups) this.#changeGroup(group, step);
    for (const { row_class, reason, count } of bucket.reasons) {
      const key = reasonKey(row_class, reason);
      const left = (this.#reasons.get(key) ?? 0) + step * count;
      if (left === 0) this.#reasons.delete(key);
      else this.#reasons.set(key, left);
    }
  }

  #changeGroup(group: KeptGroup, step: 1 | -1): void {
    const key = keyOf(group);
    const total = this.#totals.get(key) ?? emptyTotal(group);
    addTo(total, group, step);
    if (total.counts[0] === 0) this.#totals.delete(key);
    else this.#totals.set(key, total);
  }
}

/** Tells groups apart. */
export const keyOf = ({ rowClass, type, strategy }: Total['group']): string =>
  JSON.stringify([rowClass, type, strategy]);

const emptyTotal = (group: Total['group']): Total => ({
  ...{ group, counts: countNames.map(() => 0), sums: sumNames.map(() => zero) },
});

function addTo(
  total: Total,
  { counts, sums }: Pick<Total, 'counts' | 'sums'> | KeptGroup,
  step: 1 | -1,
): void {
  counts.forEach((count, index) => {
    total.counts[index] = (total.counts[index] ?? 0) + step * count;
  });
  sums.forEach((sum, index) => {
    const signed = step === 1 ? sum : { units: -sum.units, scale: sum.scale };
    total.sums[index] = addDecimals(total.sums[index] ?? zero, signed);
  });
}

interface RankedName {
  readonly name: string | null;
  readonly byClass: ReadonlyMap<RowGroup['row_class'], Total>;
}

/** Most executed rows first, then by the bytes of the name; at most as many as are told apart. */
function rankedNames(
  totals: readonly Total[],
  nameOf: (group: Total['group']) => string | null,
): RankedName[] {
  const names = new Map<string | null, Map<RowGroup['row_class'], Total>>();
  for (const total of totals) {
    const name = nameOf(total.group);
    const byClass = names.get(name) ?? new Map<RowGroup['row_class'], Total>();
    names.set(name, byClass);
    const sum = byClass.get(total.group.rowClass) ?? emptyTotal(total.group);
    byClass.set(total.group.rowClass, sum);
    addTo(sum, total, 1);
  }
  const executed = (byClass: RankedName['byClass']): number =>
    [...byClass].reduce((sum, [rowClass, { counts }]) => {
      return rowClass === 'rejected' || rowClass === 'failed' ? sum : sum + (counts[0] ?? 0);
    }, 0);
  return [...names]
    .map(([name, byClass]) => ({ name, byClass, executed: executed(byClass) }))
    .sort((a, b) => b.executed - a.executed || compareBytes(a.name, b.name))
    .slice(0, namesShown);
}

/** As `collate "C"` orders texts; none comes last. */
export function compareBytes(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

type Fields = Pick<RowGroup, (typeof countNames)[number] | (typeof sumNames)[number]>;

const fieldsOf = ({ counts, sums }: Total): Fields =>
  Object.fromEntries([
    ...countNames.map((name, index) => [name, counts[index] ?? 0]),
    ...sumNames.map((name, index) => [name, printDecimal(sums[index] ?? zero)]),
  ]) as Fields;
