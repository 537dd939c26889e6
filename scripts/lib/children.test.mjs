import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startChild } from './children.mjs';
import { isAlive } from './lock.mjs';
import { processFacts } from './process-group.mjs';

/** @param {number} pid */
const runs = (pid) => isAlive(pid) && processFacts(pid).state !== 'Z';

/** @param {ReturnType<typeof startChild>} started */
async function firstNumber(started) {
  const stdout = started.child.stdout;
  if (!stdout) throw new Error('no pipe');
  const [chunk] = await once(stdout, 'data');
  return Number(String(chunk));
}

const piped = /** @type {const} */ (['ignore', 'pipe', 'inherit']);

test.runIf(process.platform === 'linux')('what a child leaves in its group is ended', async () => {
  const started = startChild('sh', ['-c', 'sleep 1000 & echo $!'], { stdio: [...piped] });
  const orphan = await firstNumber(started);
  expect(await started.finished).toBe(0);
  expect(runs(orphan)).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'a child that takes no notice of SIGTERM is ended with its whole group',
  async () => {
    const script = 'trap "" TERM; sleep 1000 & echo $!; while true; do sleep 0.05; done';
    const started = startChild('sh', ['-c', script], { stdio: [...piped], graceMs: 200 });
    const helper = await firstNumber(started);
    await started.end();
    expect(await started.finished).toBe(137);
    expect(runs(helper)).toBe(false);
  },
);

test('the exit code passes through, and a missing command is said in a sentence', async () => {
  const args = ['-e', 'process.exit(7)'];
  expect(await startChild(process.execPath, args).finished).toBe(7);
  await expect(startChild('no-such-command-here', []).finished).rejects.toThrow(
    'no-such-command-here could not be run',
  );
});
