import { expect, test } from 'vitest';
import { colourPaint, plainPaint, wantsColour } from './paint.ts';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  [{ TERM: 'dumb' }, true, false],
])('with %j and a terminal %s, colours are %s', (env, isTerminal, expected) => {
  expect(wantsColour(env, isTerminal)).toBe(expected);
});

test('a colour ends where its text does', () => {
  const paint = colourPaint('colour-blind');
  expect(paint('+$1.00', 'gain')).toBe('\u001b[38;5;32m+$1.00\u001b[0m');
  expect(paint('$0.00', 'plain')).toBe('$0.00');
  expect(plainPaint('+$1.00', 'gain')).toBe('+$1.00');
});
