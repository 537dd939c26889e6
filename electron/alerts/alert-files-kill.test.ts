import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bundleEntry } from '../demo/test-support/bundle-entry.ts';
import { openAlertFiles } from './alert-files.ts';

/** Each has a home of its own: while one program starts, another is killed. */
const lanes = ['a', 'b'];
const killsALane = 32;
const longestMs = 40;
// Most of the time goes into starting programs, which a busy machine does slowly.
const timeoutMs = 120 * 1000;

/** Runs the writer and kills it at a random moment; answers the last number that it had confirmed. */
async function killAtRandom(program: string, home: string): Promise<number> {
  const child = spawn(process.execPath, [program, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await delay(Math.random() * longestMs);
  child.kill('SIGKILL');
  await closed;
  // The last line may be half a number.
  const confirmed = printed.split('\n').slice(0, -1);
  return Number(confirmed.at(-1));
}

async function killAgainAndAgain(program: string, home: string): Promise<void> {
  for (let round = 0; round < killsALane; round += 1) {
    const confirmed = await killAtRandom(program, home);
    const told: string[] = [];
    const { day, ended } = (await openAlertFiles(home, (text) => told.push(text))).state();
    const count = Number(day);
    expect(told, `round ${round}`).toEqual([]);
    expect(count, `round ${round}`).toBeGreaterThanOrEqual(confirmed);
    expect(count, `round ${round}`).toBeLessThanOrEqual(confirmed + 3);
    expect(ended.length, `round ${round}`).toBe(count % 200);
  }
  const others = (await readdir(home)).filter((name) => !name.endsWith('.tmp'));
  expect(others).toEqual(['alert-state.json']);
}

test(
  'a process killed at any moment loses nothing that was confirmed',
  async () => {
    const program = await bundleEntry('electron/alerts/test-support/save-alerts-forever.ts');
    const homes = await Promise.all(
      lanes.map((lane) => mkdtemp(join(tmpdir(), `plumbline-alerts-kill-${lane}-`))),
    );
    try {
      await Promise.all(homes.map((home) => killAgainAndAgain(program.file, home)));
    } finally {
      for (const home of homes) await rm(home, { recursive: true, force: true });
      await program.remove();
    }
  },
  timeoutMs,
);
