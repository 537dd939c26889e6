import { expect, test } from 'vitest';
import { lookOfAddress } from './feed-look.ts';
import { forgetToken, type Page, readToken, takeToken } from './feed-token.ts';
import { memoryStorage } from './page-storage.ts';

function pageAt(hash: string, search = ''): { page: Page; shown: string[] } {
  const shown: string[] = [];
  const replaceState: History['replaceState'] = (_data, _unused, url) => void shown.push(`${url}`);
  return { page: { location: { hash, pathname: '/', search }, history: { replaceState } }, shown };
}

test('a token leaves the address bar and stays with the tab', () => {
  const storage = memoryStorage();
  const { page, shown } = pageAt('#token=abc_-9', '?wall');
  expect(takeToken(page, storage)).toBe('abc_-9');
  expect(shown).toEqual(['/?wall']);
  expect(takeToken(pageAt('').page, storage)).toBe('abc_-9');
  forgetToken(storage);
  expect(takeToken(pageAt('').page, storage)).toBeNull();
});

test('what cannot be a token leaves the address bar too, and is none', () => {
  const { page, shown } = pageAt('#token=%0aX-Evil');
  expect(takeToken(page, memoryStorage())).toBe('X-Evil');
  expect(takeToken(pageAt('#token=a%20b').page, memoryStorage())).toBeNull();
  expect(shown).toEqual(['/']);
  expect([readToken('  abc\n'), readToken('a b'), readToken('')]).toEqual(['abc', null, null]);
});

test('a wall display is dark unless its address says otherwise', () => {
  expect(lookOfAddress('?wall')).toEqual({ theme: 'dark' });
  expect(lookOfAddress('?wall&theme=light')).toEqual({ theme: 'light' });
  expect([lookOfAddress(''), lookOfAddress('?theme=pink')]).toEqual([{}, {}]);
});
