import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatFigure } from '../../shared/format.ts';
import { printIn } from '../../shared/metric-text.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';

const root = join(import.meta.dirname, '../..');
const example = (name: string): string => join(root, 'docs', 'examples', name);
const [shell, python, typeScript] = ['feed.sh', 'feed.py', 'feed.ts'].map(example);

const commands = [
  ['curl', ['sh', shell]],
  ['Python', ['python3', python]],
  ['TypeScript', [process.execPath, join(root, 'scripts/lib/run-typescript.mjs'), typeScript]],
] as const;

let feed: TestFeed;
let confirming: NodeJS.Timeout;

beforeAll(async () => {
  feed = await openTestFeed({ snapshot: sampleSnapshot() });
  confirming = confirm(feed);
});

afterAll(async () => {
  clearInterval(confirming);
  await feed.close();
});

/** The figures are confirmed again and again. */
const confirm = ({ states }: TestFeed): NodeJS.Timeout =>
  setInterval(() => states.monitor.tell(states.monitor.state()), 100);

async function run(
  command: readonly (string | undefined)[],
  { home, address }: { readonly home: string; readonly address: string },
  events = 5,
) {
  const [program = '', ...args] = command.map((part) => part ?? '');
  const env = { ...process.env, PLUMBLINE_HOME: home };
  const child = spawn(program, [...args, address, String(events)], { cwd: root, env });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { out, err, code: child.exitCode };
}

test.each(commands)(
  'the example in %s prints the day and follows the events',
  async (_, command) => {
    const { out, err, code } = await run(command, feed);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const today = formatFigure(sampleSnapshot().figures['day-pnl'], (value) =>
      printIn(value, 'pnl'),
    );
    const [first, ...events] = out.trimEnd().split('\n');
    expect(first).toBe(`Today: ${today}`);
    const names = events.map((line) => /^[0-9a-f]+-\d+ (\w+)$/.exec(line)?.[1]);
    expect(names).toEqual(['snapshot', 'freshness', 'alert', 'freshness', 'freshness']);
  },
);

test.each(commands)('the example in %s waits for the first figures', async (_, command) => {
  const early = await openTestFeed();
  const confirming = confirm(early);
  const { out } = await run(command, early, 1);
  clearInterval(confirming);
  await early.close();
  expect(out).toMatch(/^Today: no figures yet\n/);
});

test.each(commands)('the example in %s says why its token is refused', async (_, command) => {
  const other = await openTestFeed();
  const { out, err, code } = await run(command, { home: other.home, address: feed.address });
  await other.close();
  expect({ out, code: code !== 0 }).toEqual({ out: '', code: true });
  expect(err).toContain('A token of feed-tokens.json is needed');
});
