import fc from 'fast-check';
import { parseDecimal } from '../../../shared/decimal.ts';
import { instantOfMs } from '../../../shared/instant.ts';
import type { Close } from '../close-columns.ts';
import { type CloseSeries, closeSeriesOf } from '../close-series.ts';
import { momentFromText } from '../moments.ts';

/** A dated scored row in texts. */
export interface CloseTexts {
  /** An instant of the contract. */
  readonly at: string;
  readonly pnl: string;
  /** Microseconds from opening to close; null when they are not known. */
  readonly holdUs: string | null;
}

/** The same as the product takes it. */
export function closeOf({ at, pnl, holdUs }: CloseTexts): Close {
  return {
    at: momentFromText(at),
    pnl: parseDecimal(pnl),
    hold: holdUs === null ? null : holdOfUs(BigInt(holdUs)),
  };
}

function holdOfUs(us: bigint): Close['hold'] {
  const micros = ((us % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return { seconds: Number((us - micros) / 1_000_000n), micros: Number(micros) };
}

/** The product's series of closes that come in their order, from a bankroll on. */
export const seriesOf = (
  closes: readonly CloseTexts[],
  bankroll: string | null = null,
): CloseSeries => closeSeriesOf(closes.map(closeOf), parseDecimal(bankroll ?? '0'));

/** A close with its time as a number, for recomputing figures by other means than the product's. */
export interface TestClose extends CloseTexts {
  /** Microseconds since 1970. */
  readonly us: bigint;
}

/** Decimals at which tests compute: more than any generated value has. */
const testScale = 60;

/** Any decimal text as an integer of 10^-60, without the product's arithmetic. */
export function testUnits(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.padEnd(testScale, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
}

/** One unit of whole dollars in `testUnits`. */
export const testOne = testUnits('1');

/** An instant of the contract at microseconds since 1970. */
export function instantAtUs(us: bigint): string {
  const fraction = ((us % 1000n) + 1000n) % 1000n;
  return instantOfMs(Number((us - fraction) / 1000n)).replace(
    '000Z',
    `${String(fraction).padStart(3, '0')}Z`,
  );
}

const anyDigits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });

/** Few distinct amounts, so that ties occur. */
const anySmallPnl = fc.constantFrom('-2', '-1', '-1.00', '0', '0.000', '1', '1.0', '2');

const anyPnl = fc.oneof(
  anySmallPnl,
  fc.integer({ min: -500, max: 500 }).map((cents) => (cents / 100).toFixed(2)),
  anyDigits.map(String),
  anyDigits.map(
    (digits) => `${digits < 0n ? '-' : ''}0.${String(digits).replace('-', '').padStart(41, '0')}`,
  ),
);

/** Time since the close before: none, within a millisecond, an hour, days. */
const anyGapUs = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 1n, max: 999n }),
  fc.bigInt({ min: 1n, max: 3_600_000_000n }),
  fc.bigInt({ min: 1n, max: 40n * 86_400_000_000n }),
);

const anyHoldUs = fc.option(
  fc.oneof(
    fc.bigInt({ min: -5n, max: 5n }).map(String),
    fc.bigInt({ min: 0n, max: 9_400_000_000_000_000_000n }).map(String),
  ),
);

/** Where a ledger begins: before and after 1970, in the year 44 BC. */
const anyStartUs = fc.constantFrom(
  ...['2026-01-01', '1969-12-31', '-000043-03-15'].map(
    (date) => BigInt(Date.parse(`${date}T00:00:00Z`)) * 1000n,
  ),
);

/** Dated scored rows in their order, up to `most`. */
export function anyCloses(most: number): fc.Arbitrary<TestClose[]> {
  const anySteps = (pnl: fc.Arbitrary<string>) =>
    fc.array(fc.record({ pnl, gapUs: anyGapUs, holdUs: anyHoldUs }), {
      ...{ maxLength: most, size: 'max' },
    });
  return fc
    .tuple(anyStartUs, fc.oneof(anySteps(anySmallPnl), anySteps(anyPnl)))
    .map(([startUs, steps]) => {
      let us = startUs;
      return steps.map(({ pnl, gapUs, holdUs }) => {
        us += gapUs;
        return { pnl, holdUs, us, at: instantAtUs(us) };
      });
    });
}

/** Borders on, just before and just after the millisecond of some close. */
export const anyBorderNear = (closes: readonly TestClose[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(Math.max(0, closes.length - 1)), fc.integer({ min: -1, max: 1 }))
    .map(([index, step]) => {
      const us = closes[index]?.us ?? 0n;
      const wholeMs = us - (((us % 1000n) + 1000n) % 1000n);
      return instantAtUs(wholeMs + BigInt(step) * 1000n);
    });
