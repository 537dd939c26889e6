import { expect, test } from 'vitest';
import { newestWrite } from './newest-write.ts';

/** A disk that takes its time: each write ends when it is told to. */
function slowDisk() {
  const written: number[] = [];
  const ends: { ok(): void; fail(error: Error): void }[] = [];
  const save = newestWrite<number>((value) => {
    written.push(value);
    return new Promise((ok, fail) => ends.push({ ok, fail }));
  });
  return { written, save, end: () => ends.shift() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('of what is handed over meanwhile only the newest is written, and all hear of it', async () => {
  const { written, save, end } = slowDisk();
  const first = save(1);
  await settled();
  let heard = 0;
  const others = [2, 3, 4].map((value) => save(value).then(() => (heard += 1)));
  await settled();
  expect(written).toEqual([1]);
  end()?.ok();
  await first;
  await settled();
  // The first has ended; the others wait for a write that began after they had asked.
  expect([written, heard]).toEqual([[1, 4], 0]);
  end()?.ok();
  await Promise.all(others);
  expect(written).toEqual([1, 4]);
});

test('what is handed over while the newest is being written waits for the next', async () => {
  const { written, save, end } = slowDisk();
  const all = [save(1)];
  await settled();
  all.push(save(2));
  end()?.ok();
  await settled();
  all.push(save(3));
  expect(written).toEqual([1, 2]);
  end()?.ok();
  await settled();
  end()?.ok();
  await Promise.all(all);
  expect(written).toEqual([1, 2, 3]);
});

test('a failure goes to those who waited for it, and the next write has its turn', async () => {
  const { written, save, end } = slowDisk();
  const outcomes = Promise.allSettled([save(1), save(2)]);
  await settled();
  end()?.fail(new Error('the disk is full'));
  const full = { status: 'rejected', reason: new Error('the disk is full') };
  expect(await outcomes).toEqual([full, full]);
  const next = save(3);
  await settled();
  end()?.ok();
  await next;
  expect(written).toEqual([2, 3]);
});
