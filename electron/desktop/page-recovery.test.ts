import { expect, test } from 'vitest';
import { createReloadLimit } from './page-recovery.ts';

test('three reloads in any minute, no more', () => {
  let nowMs = 0;
  const mayReload = createReloadLimit(() => nowMs);
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false]);
  nowMs = 59_999;
  expect(mayReload()).toBe(false);
  nowMs = 60_000;
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false]);
});
