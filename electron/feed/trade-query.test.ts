import { expect, test } from 'vitest';
import { tradeQuerySchema } from '../../shared/trade-page.ts';
import { faultOfQuery, tradeQueryOf } from './trade-query.ts';

const faultOf = (query: string): string | null => {
  const read = tradeQuerySchema.safeParse(tradeQueryOf(new URLSearchParams(query)));
  return read.success ? null : faultOfQuery(read.error.issues[0]);
};

test.each([
  ['limit=0', 'limit takes a whole number from 1 to 200.'],
  ['limit=201', 'limit takes a whole number from 1 to 200.'],
  ['limit=many', 'limit takes a whole number from 1 to 200.'],
  ['class=red', 'class is one of rejected, failed, open, scored, unscored, other.'],
  ['from=2026-11-27', 'from takes an instant in UTC, such as 2026-11-23T14:00:00Z.'],
  ['to=2026-02-30T00:00:00Z', 'to takes an instant in UTC, such as 2026-11-23T14:00:00Z.'],
  [`venue=${'v'.repeat(301)}`, 'venue takes a name of up to 300 characters.'],
  [
    `cursor=${'c'.repeat(501)}`,
    'The cursor is not understood; leave it out to begin at the newest trade.',
  ],
  [
    'toString=1',
    expect.stringContaining('There is no parameter toString; known are cursor, limit,'),
  ],
])('%s is refused with what would be right', (query, sentence) => {
  expect(faultOf(query)).toEqual(sentence);
});

test('what is right is let through', () => {
  expect(faultOf('')).toBeNull();
  expect(faultOf('limit=200&class=open&strategy=&from=2026-11-23T14:00:00.5Z')).toBeNull();
});
