import { expect, test } from 'vitest';
import { whyNoJson } from './json-place.ts';

function why(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return whyNoJson(text, error);
  }
  throw new Error('It is JSON');
}

test.each([
  ['{ "a": 1,\n  b: 2 }', 'no JSON from line 2, column 3 on'],
  ['{\n  "a": 1,\n}', 'no JSON from line 3, column 1 on'],
  ['{ "a" 1 }', 'no JSON from line 1, column 7 on'],
  ['{ "a": [1, 2\n', 'no JSON from line 2, column 1 on'],
  ['', 'no JSON from line 1, column 1 on'],
  ['bankroll = 500', 'no JSON'],
])('%j', (text, expected) => {
  expect(why(text)).toBe(expected);
});
