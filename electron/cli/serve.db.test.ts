import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { emptyRule, type Rule } from '../../shared/alerts/rule.ts';
import { snapshotSchema } from '../../shared/snapshot.ts';
import { noRules } from '../alerts/stored-alerts.ts';
import { takeHomeLock } from '../settings/home-lock.ts';
import { runReportCommand } from './report.ts';
import { runServeCommand } from './serve.ts';
import { runStatusCommand } from './status.ts';
import { runCommand, type Written } from './test-support/run-command.ts';
import { createUnusableLedgers, unusableLedgers } from './test-support/unusable-ledgers.ts';
import { runTokensCommand } from './tokens.ts';

let own: TestLedger;
let folder: string;
let home: string;

beforeAll(async () => {
  own = await startTestLedger();
  await createUnusableLedgers(own);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, fees, status, realized_pnl, resolved_at)
    values ('l', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 0, 'closed', -61.234, now())`);
});

afterAll(() => own.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-serve-'));
  home = join(folder, 'home');
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Env = Readonly<Record<string, string>>;

const environment = (env: Env = {}): Env => ({
  ...{ DATABASE_URL: own.server.readerUrl, PLUMBLINE_HOME: home, PLUMBLINE_REFRESH_MS: '250' },
  ...env,
});

/** A service that runs in this process, until it is ended. */
interface Running {
  readonly written: { out: string; err: string };
  readonly code: Promise<number>;
}

function serve(args: readonly string[], env: Env = {}): Running {
  const written = { out: '', err: '' };
  const io = {
    env: environment(env),
    stdout: (text: string): void => {
      written.out += text;
    },
    stderr: (text: string): void => {
      written.err += text;
    },
  };
  const parts = { engine: join(folder, 'engine.js'), page: folder };
  return { written, code: runServeCommand(args, io, parts) };
}

const refused = async (args: readonly string[], env: Env = {}): Promise<Written> => {
  const { written, code } = serve(args, env);
  return { code: await code, ...written };
};

async function watching(running: Running): Promise<string> {
  await vi.waitFor(() => expect(running.written.out).toContain('\nBrowser view'), {
    timeout: 25_000,
  });
  return /http:\/\/127\.0\.0\.1:\d+/.exec(running.written.out)?.[0] ?? '';
}

async function end({ code }: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  process.emit(signal, signal);
  expect(await code).toBe(0);
}

/** The server takes a moment to notice that a connection was closed. */
const noBackends = (): Promise<void> =>
  vi.waitFor(async () => expect(await own.backends()).toEqual([]), 3000);

function expectSentence({ code, out, err }: Written, wanted: number, says: string | RegExp): void {
  expect(err).toMatch(/^serve: [^\n]+\.\n$/);
  expect(err).toMatch(says);
  expect(err).not.toContain('secret');
  expect({ code, out }).toEqual({ code: wanted, out: '' });
}

async function tokenOf(name: string): Promise<string> {
  const { out } = await runCommand(runTokensCommand, ['--add', name], environment());
  return out.trim();
}

const dayLoss: Rule = {
  ...emptyRule('loss', 'day-pnl-low'),
  ...{ threshold: '-50', severity: 'critical' },
};

describe('serve', () => {
  it('watches, says so in two lines, and serves what the report prints', async () => {
    const token = await tokenOf('test');
    const running = serve(['--port', '0']);
    const address = await watching(running);
    expect(running.written.out).toMatch(
      /^Watching LEDGER trading at 127\.0\.0\.1:\d+\nBrowser view at http:\/\/127\.0\.0\.1:\d+\/ [^\n]+\n$/,
    );
    expect(running.written.out + running.written.err, 'no token in a log').not.toContain(token);
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    const answer = await fetch(`${address}/v1/snapshot`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { snapshot } = z.object({ snapshot: snapshotSchema }).parse(await answer.json());
    const { out } = await runCommand(runReportCommand, ['--json'], environment());
    const printed = snapshotSchema.parse(JSON.parse(out));
    expect(snapshot.figures).toEqual(printed.figures);
    expect(snapshot.counts).toEqual(printed.counts);
    await vi.waitFor(async () => expect((await own.backends()).length).toBeLessThanOrEqual(3));
    await end(running);
    await noBackends();
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends in order at %s', async (signal) => {
    const listeners = process.listenerCount(signal);
    const running = serve(['--port', '0']);
    await watching(running);
    await end(running, signal);
    expect(process.listenerCount(signal)).toBe(listeners);
    await noBackends();
    // The next one has the home at once.
    const next = serve(['--port', '0']);
    await watching(next);
    await end(next);
  });

  it('is asked by status, which tells what fires since when', async () => {
    await tokenOf('test');
    await writeFile(
      join(home, 'alert-rules.json'),
      JSON.stringify({ ...noRules, rules: [dayLoss] }),
    );
    const running = serve(['--port', '0']);
    await watching(running);
    const status = (args: readonly string[], env: Env = {}) =>
      runCommand(runStatusCommand, args, environment(env));
    const { code, out, err } = await status(['--fail-on', 'critical']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(`Known by  plumbline serve (process ${process.pid}), which watches\n`);
    expect(out).toMatch(/\n +firing +critical +Day P&L +−\$61\.23 +−\$50\.00 +2/);
    // Whatever is watched is meant where no ledger is named.
    expect((await status([], { DATABASE_URL: '' })).out).toContain('Known by  plumbline serve');
    const elsewhere = own.server.readerUrl.replace(/\/trading$/, '/without_relation');
    expect((await status([], { DATABASE_URL: elsewhere })).code).toBe(4);
    expect(running.written.err).toContain('Alert, critical: Day P&L −$61.23, line −$50.00\n');
    await end(running);
    expect((await status([])).out).toContain('Known by  one reading just now: nothing watches');
  });

  it('says where the webhook’s secret is to come from, once', async () => {
    await tokenOf('test');
    await writeFile(join(home, 'alert-secret.json'), '{"version":1,"encrypted":"eA=="}', {
      mode: 0o600,
    });
    const running = serve(['--port', '0']);
    await watching(running);
    await end(running);
    expect(running.written.err.match(/PLUMBLINE_WEBHOOK_SECRET/g)).toHaveLength(1);
    const told = serve(['--port', '0'], { PLUMBLINE_WEBHOOK_SECRET: 's3cret' });
    await watching(told);
    await end(told);
    expect(told.written.err).toBe('');
    expect(await readdir(home)).toContain('alert-secret.json');
  });

  it('has one home to itself', async () => {
    const running = serve(['--port', '0']);
    await watching(running);
    expectSentence(
      await refused(['--port', '0']),
      2,
      `plumbline serve (process ${process.pid}) watches with ${home} already`,
    );
    await end(running);
    const taken = await takeHomeLock(home, 'app');
    if (taken.kind !== 'taken') throw new Error('Nobody holds it');
    expectSentence(await refused([]), 2, `The Plumbline app (process ${process.pid}) watches`);
    await taken.lock.release();
  });

  it('keeps trying with --wait, and says what it waits for', async () => {
    const running = serve(['--port', '0', '--wait'], {
      DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/db',
    });
    await vi.waitFor(
      () => expect(running.written.err).toMatch(/^Not watching yet\. Nothing accepts connections/),
      10_000,
    );
    expect(running.written.out).toBe('');
    await end(running);
  });

  it('with --wait it begins as soon as the ledger lets it', async () => {
    await own.admin.query('alter role plumbline_reader connection limit 0');
    const running = serve(['--port', '0', '--wait']);
    try {
      await vi.waitFor(() => expect(running.written.err).toMatch(/^Not watching yet\. /), 10_000);
    } finally {
      await own.admin.query('alter role plumbline_reader connection limit -1');
    }
    await watching(running);
    await end(running);
    await noBackends();
  }, 60_000);

  it.each(Object.entries(unusableLedgers))('refuses %s', async (_, { url, code, says }) => {
    expectSentence(await refused(['--port', '0'], { DATABASE_URL: url(own) }), code, says);
    await noBackends();
  });

  it('refuses a port that is in use, before anything is watched', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expectSentence(await refused(['--port', `${port}`]), 2, `Port ${port} on 127.0.0.1 is in use`);
    expectSentence(await refused([], { PLUMBLINE_FEED_PORT: `${port}` }), 2, 'is in use');
    other.close();
  });

  it('refuses a file of tokens that others may read', async () => {
    await tokenOf('test');
    await chmod(join(home, 'feed-tokens.json'), 0o640);
    expectSentence(await refused(['--port', '0']), 2, 'may be read by others (mode 640)');
  });

  it('says in one line what of the home cannot be used', async () => {
    await mkdir(join(home, 'alert-rules.json'), { recursive: true });
    const running = serve(['--port', '0']);
    await watching(running);
    await end(running);
    expect(running.written.err).toMatch(
      /^alert-rules\.json cannot be read \(it is no file\)\. [^\n]+\.\n$/,
    );
  });

  it('refuses a home that is none', async () => {
    await writeFile(home, '');
    expectSentence(await refused([]), 2, `Nothing can be written to ${home}`);
  });

  it.each([
    [['--port', 'many'], {}, '--port takes a whole number from 0 to 65535, not many.'],
    [['--port', '70000'], {}, '--port takes a whole number from 0 to 65535, not 70000.'],
    [[], { PLUMBLINE_FEED_PORT: '-1' }, 'PLUMBLINE_FEED_PORT takes a whole number'],
    [['--loud'], {}, 'option or argument not understood near --loud'],
    [['8630'], {}, 'option or argument not understood near 8630'],
  ])('refuses %j with %j', async (args, env, sentence) => {
    expectSentence(await refused(args, env), 2, sentence);
  });
});
