import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feedEvents } from '../../shared/feed.ts';
import { EventLog } from './event-log.ts';

const idsOf = (log: EventLog, id: string): number[] | null =>
  log.since(id)?.map(({ sequence }) => sequence) ?? null;

test('an event is one text, with name, id and data', () => {
  const log = new EventLog('ab12');
  const { buffer } = log.add('heartbeat', { asOf: null, text: 'a\nb' });
  expect(buffer.read()).toBe('event:heartbeat\nid:ab12-1\ndata:{"asOf":null,"text":"a\\nb"}\n\n');
});

test('whoever has an event is told all that came after it, as long as that is kept', () => {
  fc.assert(
    fc.property(fc.nat(700), fc.nat(800), (count, sequence) => {
      const log = new EventLog('ab12');
      for (let made = 0; made < count; made += 1) log.add('freshness', made);
      const missed = idsOf(log, `ab12-${sequence}`);
      const isKnown = sequence > 0 && sequence <= count && sequence >= count - 256;
      const after = Array.from({ length: count - sequence }, (_, index) => sequence + index + 1);
      expect(missed).toEqual(isKnown ? after : null);
    }),
    { numRuns: 200 },
  );
});

test.each([
  '',
  'ab12',
  'ab12-',
  'ab12-x',
  'ab12--1',
  'ab12-1.5',
  'ab12-1e1',
  'cd34-1',
  'ab12-99',
  '-1',
  `ab12-${'1'.repeat(40)}`,
  'ab12-1\nid:x',
])('an id of %j is of no event', (id) => {
  const log = new EventLog('ab12');
  for (const name of feedEvents) log.add(name, {});
  expect(log.since(id)).toBeNull();
});

test('whoever was cut off before it knew how things stand is told anew', () => {
  const log = new EventLog('ab12');
  for (let made = 0; made < 5; made += 1) log.add('freshness', made);
  const standing = log.standing([
    ['snapshot', 1],
    ['freshness', 2],
    ['alert', 3],
  ]);
  const ids = standing.map(({ buffer }) => /^id:(.*)$/m.exec(buffer.read())?.[1]);
  expect(ids).toEqual(['ab12-0', 'ab12-0', 'ab12-5']);
  expect(ids.map((id) => idsOf(log, id ?? ''))).toEqual([null, null, []]);
});
