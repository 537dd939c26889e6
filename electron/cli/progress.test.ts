import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CommandIo } from './command-io.ts';
import { withPassingLines, withProgress } from './progress.ts';

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
  const bare: CommandIo = { env: {}, stderr, stdout: stderr };
  const io = isErrorTerminal ? withPassingLines(bare) : bare;
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

it('takes its line away before another one is written, on either stream', async () => {
  let screen = '';
  const write = (part: string): void => {
    screen += part;
  };
  const io = withPassingLines({ env: {}, stdout: write, stderr: write });
  const running = withProgress('Reading', io, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    io.stderr('Not watching yet.\n');
    io.stdout('Watching.\n');
    await new Promise((resolve) => setTimeout(resolve, 400));
    io.stdout('Going on.\n');
  });
  await vi.advanceTimersByTimeAsync(1600);
  await running;
  const erased = '\r\u001b[K';
  expect(screen).toBe(
    `${erased}Reading… 1 s${erased}Not watching yet.\nWatching.\n${erased}Reading… 1 s${erased}Going on.\n`,
  );
});
