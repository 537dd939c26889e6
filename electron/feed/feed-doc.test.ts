import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { feedEvents, viewCalls } from '../../shared/feed.ts';
import { formatAge } from '../../shared/format.ts';
import { tradeQuerySchema } from '../../shared/trade-page.ts';
import { usualLimits } from './feed-needs.ts';
import { openApi } from './openapi.ts';
import { type Refusal, refusals } from './refusals.ts';
import { usualPressure } from './subscriber.ts';

const docs = new URL('../../docs/', import.meta.url);

const table = (head: string, rows: readonly string[]): string =>
  [head, head.replace(/[^|]+/g, ' --- '), ...rows].join('\n');

const all: readonly Refusal[] = Object.values(refusals);
const byStatus = all.toSorted((a, b) => a.status - b.status);
const refused = table(
  '| status | code | sentence |',
  byStatus.map(({ status, code, message }) => `| ${status} | \`${code}\` | ${message} |`),
);

const { subscribers, perToken, connections, questionsPerToken, rate, openRate } = usualLimits;
const { coalesceBytes, cutBytes, drainMs } = usualPressure;
const mebibytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;
const limits = table('| what | at most |', [
  `| readers of \`/v1/events\` | ${subscribers}, and ${perToken} with one token |`,
  `| connections, readers among them | ${connections} |`,
  `| requests with one token | ${rate.perSecond} a second, ${rate.burst} at once |`,
  `| questions for rows (\`/v1/trades\`, \`monitor.trades\`, \`monitor.oddRows\`) that wait with one token | ${questionsPerToken} |`,
  `| requests without a token, and as many with a wrong one | ${openRate.perSecond} a second, ${openRate.burst} at once |`,
  `| what waits for a reader of events before it is told the latest of each name alone | ${mebibytes(coalesceBytes)} |`,
  `| what waits for it before it is cut | ${mebibytes(cutBytes)}, or ${formatAge(drainMs)} |`,
]);

/** The text with what stands between two marks written anew. */
const withPart = (text: string, name: string, part: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n).*?(<!-- end -->)`, 's'),
    (_, start: string, end: string) => `${start}\n${part}\n\n${end}`,
  );

// `npx vitest run electron/feed/feed-doc.test.ts -u` writes the description and the tables anew.
test('docs/openapi.json is the description that the feed sends', async () => {
  const wanted = `${JSON.stringify(openApi(), null, 2)}\n`;
  await expect(wanted).toMatchFileSnapshot('../../docs/openapi.json');
});

test('docs/feed.md says of refusals and limits what the code does', async () => {
  const text = await readFile(new URL('feed.md', docs), 'utf8');
  for (const mark of ['refusals', 'limits']) expect(text).toContain(`<!-- ${mark} -->\n`);
  const wanted = withPart(withPart(text, 'refusals', refused), 'limits', limits);
  await expect(wanted).toMatchFileSnapshot('../../docs/feed.md');
});

test('it names every path, every event, every call and every parameter', async () => {
  const text = await readFile(new URL('feed.md', docs), 'utf8');
  const paths = Object.keys(Object(openApi().paths));
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) expect(text).toMatch(new RegExp(`\`(GET|POST) ${literal(path)}`));
  for (const event of feedEvents) expect(text).toContain(`| \`${event}\` | `);
  for (const name of [...viewCalls, ...Object.keys(tradeQuerySchema.shape)])
    expect(text).toContain(`\`${name}\``);
});

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the tests that docs/security.md names are there', async () => {
  const text = await readFile(new URL('security.md', docs), 'utf8');
  const named = text.matchAll(/`([\w/.-]+\.(?:test|spec)\.ts)`(?:: ((?:"[^"]+"(?:, )?)+))?/g);
  let count = 0;
  for (const [, file = '', titles = ''] of named) {
    const tests = await readFile(new URL(`../${file}`, docs), 'utf8');
    for (const [, title = ''] of titles.matchAll(/"([^"]+)"/g))
      expect(tests, file).toContain(title);
    count += 1;
  }
  expect(count).toBeGreaterThan(20);
});
