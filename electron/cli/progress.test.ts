import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withProgress } from './progress.ts';

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['setInterval', 'clearInterval', 'performance', 'setTimeout'],
    }),
);
afterEach(() => void vi.useRealTimers());

async function written(isErrorTerminal: boolean, ms: number, fails = false): Promise<string> {
  let text = '';
  const stderr = (part: string): void => {
    text += part;
  };
  const io = { isErrorTerminal, stderr };
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (fails) throw new Error('no');
    return 7;
  };
  const running = withProgress('Reading', io, work).catch(() => 'failed');
  await vi.advanceTimersByTimeAsync(ms);
  expect(await running).toBe(fails ? 'failed' : 7);
  return text;
}

it('says nothing of what is quick, and nothing where nobody looks', async () => {
  expect(await written(true, 900)).toBe('');
  expect(await written(false, 5000)).toBe('');
});

it('counts the seconds, and takes its line away at the end', async () => {
  expect(await written(true, 2100)).toBe(
    '\r\u001b[KReading… 1 s\r\u001b[KReading… 1 s\r\u001b[KReading… 2 s\r\u001b[K',
  );
  expect(await written(true, 1200, true)).toBe('\r\u001b[KReading… 1 s\r\u001b[K');
});
