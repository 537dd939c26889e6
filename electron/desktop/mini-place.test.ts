import { expect, test } from 'vitest';
import { placeMini } from './mini-place.ts';
import type { Rectangle } from './window-place.ts';

const first: Rectangle = { x: 0, y: 24, width: 1600, height: 976 };
const second: Rectangle = { x: 1600, y: 0, width: 1280, height: 1024 };
const size = { width: 280, height: 120 };
const corner = { x: 1304, y: 40, ...size };

test('the first time it is in the upper right of the first screen', () => {
  expect(placeMini(null, [first, second])).toEqual(corner);
});

test.each([
  ['on the first screen', { x: 90, y: 40 }],
  ['on the second screen', { x: 2600, y: 900 }],
  ['in a corner', { x: 0, y: 24 }],
])('a place %s is kept', (_where, place) => {
  expect(placeMini(place, [first, second])).toEqual({ ...place, ...size });
});

test.each([
  ['off the left edge', { x: -130, y: 300 }, { x: 0, y: 300 }],
  ['under the taskbar', { x: 300, y: 930 }, { x: 300, y: 880 }],
])('a place %s is moved in', (_where, place, expected) => {
  expect(placeMini(place, [first])).toEqual({ ...expected, ...size });
});

test('a place on a screen that has gone becomes the first corner', () => {
  expect(placeMini({ x: 2600, y: 900 }, [first])).toEqual(corner);
});
