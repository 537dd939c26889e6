import { join } from 'node:path';
import type { LedgerFailure } from '../../shared/failure.ts';
import { forkWithNode } from '../demo/trading-engine/fork-engine.ts';
import { announce } from '../monitor/announce.ts';
import type { Monitor } from '../monitor/monitor.ts';
import { HomeError, makeHome } from '../settings/home.ts';
import { type HomeLock, lockHome } from '../settings/home-lock.ts';
import { openWatch, type Watch } from '../watch.ts';
import { type CommandIo, exitCodes, orUsage, UsageError } from './command-io.ts';
import { exitCodeOf, failureSentence, oneSentence } from './failure-words.ts';
import { homeOf, parsedUrl } from './find-ledger.ts';
import { noKeyring, noNotifier, secretOfEnvironment } from './no-desktop.ts';
import { withProgress } from './progress.ts';
import { ledgerText } from './report-text.ts';
import { type EndOfService, endOfService } from './serve-end.ts';
import { openServedFeed, type ServedFeed } from './serve-feed.ts';
import { lineOf, openJournal } from './serve-journal.ts';
import { type ServeRequest, serveRequest, serveUsage } from './serve-options.ts';

/** What was built beside the command. */
export interface BuiltParts {
  /** The trading engine's program. */
  readonly engine: string;
  /** Folder of the browser view. */
  readonly page: string;
}

const usualParts: BuiltParts = {
  engine: join(import.meta.dirname, 'engine.js'),
  page: join(import.meta.dirname, '../renderer'),
};

/** What serves, from the lock to the feed. */
interface Service {
  readonly request: Extract<ServeRequest, { kind: 'serve' }>;
  readonly home: string;
  readonly lock: HomeLock;
  readonly end: EndOfService;
  readonly parts: BuiltParts;
  readonly io: CommandIo;
  log(sentence: string, error?: unknown): void;
}

/** Monitor, alerts and feed without a window, until a signal ends them. */
export function runServeCommand(
  args: readonly string[],
  io: CommandIo,
  parts = usualParts,
): Promise<number> {
  return orUsage('serve', io, async () => {
    const request = serveRequest(args, io.env);
    if (request.kind === 'help') {
      io.stdout(serveUsage);
      return exitCodes.fine;
    }
    // What cannot be read is not waited for.
    if (io.env.DATABASE_URL) parsedUrl(io.env.DATABASE_URL);
    const home = homeOf(io.env);
    const lock = await lockedHome(home);
    const end = endOfService();
    try {
      return await serve({ request, home, lock, end, io, parts, log: logTo(io) });
    } finally {
      end.forget();
      await lock.release();
    }
  });
}

const logTo =
  (io: CommandIo): Service['log'] =>
  (sentence, error) =>
    io.stderr(`${lineOf(sentence, error)}\n`);

/** Makes the home and takes it; every way in which that fails is a mistake in the configuration. */
async function lockedHome(home: string): Promise<HomeLock> {
  try {
    await makeHome(home);
    return await lockHome(home, 'serve');
  } catch (cause) {
    if (!(cause instanceof HomeError)) throw cause;
    throw new UsageError(oneSentence(cause.message), { cause });
  }
}

async function serve(service: Service): Promise<number> {
  const { home, io, log } = service;
  const webhookSecret = await secretOfEnvironment(home, io.env);
  const warning = webhookSecret.warning();
  const watch = await openWatch({
    ...{ env: io.env, home, log, keyring: noKeyring, notifier: noNotifier, webhookSecret },
    forkEngine: () => forkWithNode(service.parts.engine),
  });
  let feed: ServedFeed | null = null;
  try {
    feed = await openServedFeed({ ...service, watch });
    const { address } = feed;
    service.lock.tellFeed(() => address);
    // Said once it is certain that something is watched.
    if (warning !== null) log(warning);
    return await watchUntilEnd(service, watch, feed);
  } finally {
    // The feed first: its subscribers are told that it ends, and nobody asks what is closing.
    await feed?.close();
    await watch.close();
  }
}

async function watchUntilEnd(
  { request, end, io, log }: Service,
  watch: Watch,
  feed: ServedFeed,
): Promise<number> {
  const { monitor, alerts, settings } = watch;
  const journal = openJournal(log, () => settings.state().settings.appearance.privacy);
  monitor.onChange(journal.monitor);
  alerts.onChange(journal.alerts);
  announce(monitor, {
    out: () => io.stdout(`${watchingLine(monitor)}\n${feed.invitation}\n`),
    err: request.waits ? log : () => undefined,
  });
  const contact = firstContact(monitor);
  // A ledger that is opened while the end comes is closed with the rest.
  const failure = await withProgress(
    () => startingWords(monitor),
    io,
    async () => {
      await Promise.race([watch.begin(), end.happened]);
      return request.waits ? null : Promise.race([contact, end.happened.then(() => null)]);
    },
  );
  if (failure !== null) {
    io.stderr(`serve: ${failureSentence(failure)}\n`);
    return exitCodeOf(failure, { isDemo: false });
  }
  await end.happened;
  return exitCodes.fine;
}

/** Names the ledger as `status` does. */
function watchingLine(monitor: Monitor): string {
  const { label, name, host } = monitor.state().profile;
  return `Watching ${ledgerText({ label, database: name, address: host })}`;
}

/** Null once the ledger is watched, else why the first try failed. */
function firstContact(monitor: Monitor): Promise<LedgerFailure | null> {
  return new Promise((resolve) => {
    const stop = monitor.onChange(({ status }) => {
      if (status.kind !== 'watching' && status.kind !== 'failing') return;
      stop();
      resolve(status.kind === 'failing' ? status.failure : null);
    });
  });
}

function startingWords(monitor: Monitor): string {
  const { loaded } = monitor.state();
  return loaded === null
    ? 'Reading the ledger'
    : `Reading the ledger, ${Math.floor(loaded * 100)} % of its history`;
}
