import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EventLog } from './event-log.ts';
import { Rounds } from './rounds.ts';

const log = new EventLog('e');
const receivers = (count: number) =>
  Array.from({ length: count }, () => {
    const heard: number[] = [];
    return { heard, send: ({ sequence }: { readonly sequence: number }) => heard.push(sequence) };
  });

test('few have it at once', () => {
  const few = receivers(3);
  const sent = log.add('settings', {});
  new Rounds().add(sent, few);
  expect(few.map(({ heard }) => heard)).toEqual(few.map(() => [sent.sequence]));
});

test('many have it in turns, each event whole and in order, and none that came up before they did', async () => {
  const rounds = new Rounds();
  const many = receivers(1000);
  const [first, second, third] = [1, 2, 3].map(() => log.add('settings', {}));
  if (first === undefined || second === undefined || third === undefined) throw new Error('None.');
  rounds.add(first, many);
  const served = () => many.filter(({ heard }) => heard.length > 0).length;
  expect(served()).toBe(100);
  await turn();
  expect(served()).toBe(200);
  rounds.add(second, many);
  const [late] = receivers(1);
  if (late === undefined) throw new Error('None.');
  rounds.add(third, [...many, late]);
  expect(served()).toBe(200);
  for (let passed = 0; passed < 40; passed += 1) await turn();
  const all = [first, second, third].map(({ sequence }) => sequence);
  expect(new Set(many.map(({ heard }) => heard.join()))).toEqual(new Set([all.join()]));
  expect(late.heard).toEqual([third.sequence]);
});
