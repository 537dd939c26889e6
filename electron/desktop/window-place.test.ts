import { expect, test } from 'vitest';
import { placeOnScreens, type Rectangle } from './window-place.ts';

const first: Rectangle = { x: 0, y: 24, width: 1600, height: 976 };
const second: Rectangle = { x: 1600, y: 0, width: 1280, height: 1024 };
const size = { width: 1000, height: 640 };

test('the first time it is the usual size in the middle of the first screen', () => {
  expect(placeOnScreens(null, [first, second])).toEqual({
    x: 250,
    y: 162,
    width: 1100,
    height: 700,
  });
});

test.each([
  ['on the first screen', { x: 90, y: 40, ...size }],
  ['on the second screen', { x: 1700, y: 100, ...size }],
  ['across both', { x: 1200, y: 100, ...size }],
  ['half off the edge, with enough left to take hold of', { x: -700, y: 100, ...size }],
])('a place %s is kept', (_where, place) => {
  expect(placeOnScreens(place, [first, second])).toEqual(place);
});

test.each([
  ['on a screen that has gone', { x: 1700, y: 100, ...size }],
  ['far above', { x: 100, y: -900, ...size }],
  ['below the last line', { x: 100, y: 990, ...size }],
  ['with a sliver left', { x: 1590, y: 100, ...size }],
])('a place %s becomes the middle of the first screen', (_where, place) => {
  expect(placeOnScreens(place, [first])).toEqual({ x: 300, y: 192, ...size });
});

test('a window larger than its screen is made to fit', () => {
  const place = { x: 100, y: 100, width: 3000, height: 2000 };
  expect(placeOnScreens(place, [first])).toEqual(first);
});

test('a window is never smaller than can be read', () => {
  const tiny: Rectangle = { x: 0, y: 0, width: 640, height: 480 };
  expect(placeOnScreens(null, [tiny])).toMatchObject({ width: 900, height: 560 });
});
