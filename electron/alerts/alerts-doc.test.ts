import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { usual } from '../../shared/alerts/defaults.ts';
import { muteReasons } from '../../shared/alerts/episode.ts';
import { ruleSchema, severities } from '../../shared/alerts/rule.ts';
import { type RuleKindId, ruleKindIds, ruleKinds } from '../../shared/alerts/rule-kinds.ts';
import { thresholdText } from '../../shared/alerts/value-text.ts';
import { formatAge } from '../../shared/format.ts';

const path = new URL('../../docs/alerts.md', import.meta.url);

const table = (head: string, rows: readonly string[]): string =>
  [head, head.replace(/[^|]+/g, ' --- '), ...rows].join('\n');

function kindRow(id: RuleKindId): string {
  const { name, meaning, timing, isDaily, isEvent, scopes, usual: threshold } = ruleKinds[id];
  const looked = timing === 'path' ? 'each close' : 'each refresh';
  const when = [looked, ...(isDaily ? ['daily'] : []), ...(isEvent ? ['event'] : [])].join(', ');
  const offered = thresholdText({ kind: id, threshold }) || '—';
  return `| ${name} | ${meaning} | ${offered} | ${when} | ${scopes.join(', ') || '—'} | \`${id}\` |`;
}

const kinds = table(
  '| rule | fires when | first line | evaluated | scopes | name |',
  ruleKindIds.map(kindRow),
);

const repeats = severities.map((severity) => {
  const ms = usual.repeatMs[severity];
  return `${severity} ${ms === null ? 'never' : formatAge(ms)}`;
});

const { path: pathMs, level, unreachable } = usual.pendingMs;
const defaults = table('| where the rule says nothing | |', [
  `| must hold for | path rules ${formatAge(pathMs)}, level rules ${formatAge(level)}, no connection ${formatAge(unreachable)}; events at once |`,
  '| ends when back | 5 % of the line beyond it, amounts at least $1, counts at least a half |',
  `| must be over for | ${formatAge(usual.keepFiringMs)} |`,
  `| reminded every, until acknowledged | ${repeats.join(', ')} |`,
  `| then silent for | ${formatAge(usual.cooldownMs)} |`,
]);

/** The text with what stands between two marks written anew. */
const withPart = (text: string, name: string, part: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n).*?(<!-- end -->)`, 's'),
    (_, start: string, end: string) => `${start}\n${part}\n\n${end}`,
  );

// `npx vitest run electron/alerts/alerts-doc.test.ts -u` writes the tables anew.
test('docs/alerts.md says of rules and defaults what the code does', async () => {
  const text = await readFile(path, 'utf8');
  for (const mark of ['kinds', 'defaults']) expect(text).toContain(`<!-- ${mark} -->\n`);
  const wanted = withPart(withPart(text, 'kinds', kinds), 'defaults', defaults);
  await expect(wanted).toMatchFileSnapshot('../../docs/alerts.md');
});

test('it says of each reason for silence what it means', async () => {
  const text = await readFile(path, 'utf8');
  for (const reason of muteReasons) expect(text).toContain(`| \`${reason}\` | `);
});

test('its example of an export is one', async () => {
  const example = /```json\n(.*?)```/s.exec(await readFile(path, 'utf8'))?.[1] ?? '';
  const schema = z.strictObject({ version: z.literal(1), rules: z.array(ruleSchema) });
  expect(schema.parse(JSON.parse(example)).rules).toHaveLength(1);
});
