import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { isBreach } from '../../shared/alerts/defaults.ts';
import { evaluate } from '../../shared/alerts/engine.ts';
import { newInstance } from '../../shared/alerts/instance.ts';
import { meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import { parseDecimal } from '../../shared/decimal.ts';
import { instantMs } from '../../shared/instant.ts';

// Three minutes of the simulated engine's scenario "dip-and-recovery", as it was read from a ledger every
// one and a half seconds: [database's clock, position, instant, day P&L, trading day].
const logSchema = z.array(z.tuple([z.string(), z.int(), z.string(), z.string(), z.string()]));

async function replay(rule: Rule): Promise<string[]> {
  const path = join(import.meta.dirname, 'test-support/recorded', 'dip-and-recovery.json');
  let instance = newInstance(rule.id, null, meaningOf(rule));
  const told: string[] = [];
  for (const [asOf, position, at, value, day] of logSchema.parse(
    JSON.parse(await readFile(path, 'utf8')),
  )) {
    const order = { asOf, snapshotId: asOf, position };
    const sample = { ...order, kind: 'ok', value, day, isLate: false } as const;
    const result = evaluate(rule, instance, sample, { at, ms: instantMs(at) ?? 0 });
    instance = result.instance;
    for (const { kind, episode } of result.effects) {
      const { at: when, value: amount } = episode.end ?? episode.start;
      told.push(`${when.slice(11, 23)} ${kind} at ${amount}, worst ${episode.worst.value}`);
    }
  }
  return told;
}

test('a recorded log has the same effects each time', async () => {
  const rule = someRule({ threshold: '-40' });
  const told = await replay(rule);
  expect(await replay(rule)).toEqual(told);
  expect(isBreach(rule, parseDecimal(told[0]?.split(' ')[3]?.replace(',', '') ?? ''))).toBe(true);
  expect(told).toMatchInlineSnapshot(`
    [
      "17:57:43.128 fired at -44.4786, worst -44.4786",
      "17:59:15.966 ended at 10.0512, worst -72.9256",
    ]
  `);
});
