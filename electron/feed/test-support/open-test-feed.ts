import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { someAlerts } from '../../../shared/alerts/test-fixtures.ts';
import { contractEntries, type Handlers } from '../../../shared/contract.ts';
import type { MonitorState } from '../../../shared/monitor-state.ts';
import { defaultSettings, type SettingsState } from '../../../shared/settings.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { noCost, watchingState } from '../../../shared/test-fixtures.ts';
import { systemClock } from '../../monitor/clock.ts';
import { openFeed } from '../feed.ts';
import type { FeedNeeds } from '../feed-needs.ts';
import { browserName, readTokens } from '../token-file.ts';

/** A state that a test changes. */
class Told<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly state = (): T => this.#value;

  readonly onChange = (listener: (value: T) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** How many listen. */
  heard(): number {
    return this.#listeners.size;
  }
}

/** What a test may want otherwise. */
export interface TestFeedWishes
  extends Partial<Pick<FeedNeeds, 'port' | 'clock' | 'limits' | 'pressure'>> {
  readonly snapshot?: Snapshot | null;
  /** PLUMBLINE_HOME; without it the feed has one of its own, which goes with it. */
  readonly home?: string;
  /** Answers to calls of the contract by their channels, beside the usual ones. */
  readonly answers?: Readonly<Record<string, (payload: unknown) => unknown>>;
}

/** What a feed is made of, on plain objects, with a home and a page in a folder. */
export async function testParts(folder: string, wishes: TestFeedWishes = {}) {
  const home = wishes.home ?? join(folder, 'home');
  await mkdir(home, { recursive: true });
  const logged: string[] = [];
  let { snapshot = null } = wishes;
  const states = {
    monitor: new Told<MonitorState>(watchingState({ sequence: snapshot === null ? 0 : 1 })),
    alerts: new Told<AlertsState>(someAlerts()),
    settings: new Told<SettingsState>({
      ...{ settings: defaultSettings, warnings: [], path: join(home, 'settings.json') },
    }),
  };
  const { port = 0, clock = systemClock, limits, pressure } = wishes;
  const needs: FeedNeeds = {
    ...{ home, port, clock, page: await writePage(join(folder, 'page')) },
    monitor: { ...observed(states.monitor), snapshot: () => snapshot },
    ...{ alerts: observed(states.alerts), settings: observed(states.settings) },
    handlers: handlersOf({
      'monitor.state': states.monitor.state,
      'monitor.snapshot': () => snapshot,
      'monitor.cost': () => noCost,
      'settings.state': states.settings.state,
      'alerts.state': states.alerts.state,
      'feed.state': () => ({ kind: 'off' }),
      ...wishes.answers,
    }),
    log: (sentence, error) => logged.push(error === undefined ? sentence : `${sentence} ${error}`),
    ...(limits && { limits }),
    ...(pressure && { pressure }),
  };
  /** New figures, as after a refresh. */
  const publish = (next: Snapshot | null): void => {
    snapshot = next;
    const state = states.monitor.state();
    states.monitor.tell({ ...state, sequence: state.sequence + 1 });
  };
  return { needs, states, logged, publish };
}

export type TestParts = Awaited<ReturnType<typeof testParts>>;

/** A real server on plain objects, under a home and with a page of its own. */
export async function openTestFeed(wishes: TestFeedWishes = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-feed-'));
  const parts = await testParts(folder, wishes);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const feed = await openFeed(parts.needs).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const { home } = parts.needs;
  const tokens = await readTokens(home);
  return {
    ...{ ...parts, feed, home, address: feed.address },
    port: Number(new URL(feed.address).port),
    token: tokens.find(({ name }) => name === browserName)?.token ?? '',
    close: async (): Promise<void> => {
      await feed.close();
      await remove();
    },
  };
}

/** One with figures that is to be attacked: attacks come faster than anybody may ask. */
export function openAttackedFeed(snapshot: Snapshot): Promise<TestFeed> {
  const generous = { burst: 100_000, perSecond: 100_000 };
  return openTestFeed({ snapshot, limits: { rate: generous, openRate: generous } });
}

export type TestFeed = Awaited<ReturnType<typeof openTestFeed>>;

const observed = <T>({ state, onChange }: Told<T>) => ({ state, onChange });

/** Every call of the contract; one that no test asked for says so. */
function handlersOf(answers: Readonly<Record<string, (payload: unknown) => unknown>>): Handlers {
  const handlers: Record<string, Record<string, (payload: unknown) => unknown>> = {};
  for (const { group, name, kind, channel } of contractEntries) {
    if (kind !== 'call') continue;
    const unasked = (): never => {
      throw new Error(`${channel} was called.`);
    };
    handlers[group] = { ...handlers[group], [name]: answers[channel] ?? unasked };
  }
  // Made from the contract's own entries, which the compiler cannot follow.
  return handlers as unknown as Handlers;
}

async function writePage(folder: string): Promise<string> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Plumbline</title>');
  await writeFile(join(folder, 'assets', 'page.js'), 'document.title;');
  await writeFile(join(folder, 'page.js.map'), '{}');
  return folder;
}
