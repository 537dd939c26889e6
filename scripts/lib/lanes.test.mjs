import { expect, test } from 'vitest';
import { laneCount } from './lanes.mjs';

test.each([
  [1, 1],
  [2, 2],
  [3, 3],
  [64, 3],
])('on %i cores there are %i lanes', (cores, lanes) => {
  expect(laneCount(undefined, 'linux', cores)).toBe(lanes);
});

test('a wish counts, and one that cannot be met is told', () => {
  expect(laneCount('5', 'linux', 2)).toBe(5);
  for (const wished of ['', '0', '1.5', '9', 'two'])
    expect(() => laneCount(wished, 'linux', 2)).toThrow(
      `PLUMBLINE_TEST_LANES is "${wished}", but has to be a number from 1 to 8; leave it out for 2.`,
    );
});

test.each(['darwin', 'win32'])('on %s there is one desktop, and one lane', (platform) => {
  expect(laneCount('5', /** @type {NodeJS.Platform} */ (platform), 8)).toBe(1);
});
