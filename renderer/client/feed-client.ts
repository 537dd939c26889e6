import type { EventSourceMessage } from 'eventsource-parser';
import type * as z from 'zod/mini';
import { type Client, contract } from '../../shared/contract.ts';
import { feedFreshnessSchema } from '../../shared/feed.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Result } from '../../shared/result.ts';
import { askFeed, type FeedAccess } from './feed-calls.ts';
import type { FeedLink } from './feed-link.tsx';
import type { PageLook } from './feed-look.ts';
import { FeedRuns } from './feed-runs.ts';
import { FeedSettings } from './feed-settings.ts';
import { FeedStream } from './feed-stream.ts';
import { Listeners } from './listeners.ts';
import { Renewal } from './renewal.ts';
import type { TickClock } from './ticker.ts';

/** What a client of the feed needs. */
export interface FeedNeeds extends FeedAccess {
  readonly clock: TickClock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly look: PageLook;
}

/** A client of the feed that follows its events until it is closed. */
export interface OpenFeed {
  readonly client: Client;
  readonly link: FeedLink;
  close(): void;
}

type Member = (argument?: unknown) => unknown;

/** Opens the feed: the contract's calls go by HTTP, its pushes are made of server-sent events. */
export function openFeed(needs: FeedNeeds): OpenFeed {
  const pushes = new Listeners();
  const runs = new FeedRuns();
  const stream: FeedStream = new FeedStream({ ...needs, onEvent: (...args) => onEvent(...args) });
  const ask = <T extends z.ZodMiniType>(channel: string, output: T, payload?: unknown) =>
    askFeed(needs, { channel, output, payload }, stream.refuse);
  const settings = new FeedSettings(
    () => ask('settings.state', contract.settings.state.output),
    needs.look,
    (state) => pushes.tell('settings.changed', state),
  );
  const monitorState = async (): Promise<Result<MonitorState>> => {
    const result = await ask('monitor.state', contract.monitor.state.output);
    return result.ok ? { ok: true, value: runs.numbered(result.value) } : result;
  };
  const made = membersOf(
    (channel, output) => (payload) => ask(channel, output, payload),
    (channel) => pushes.subscription(channel),
  );
  const client: Client = {
    ...made,
    monitor: { ...made.monitor, state: monitorState },
    settings: { ...made.settings, state: settings.state, setAppearance: settings.setAppearance },
  };
  const onEvent = eventHandler({ client, pushes, runs });
  stream.start();
  return { client, link: stream, close: () => stream.close() };
}

/** A client of which each call and each push is made by its name. */
function membersOf(
  call: (channel: string, output: z.ZodMiniType) => Member,
  push: (channel: string) => Member,
): Client {
  const client: Record<string, Record<string, Member>> = {};
  for (const [group, entries] of Object.entries(contract)) {
    const members: Record<string, Member> = {};
    for (const [name, { kind, output }] of Object.entries(entries)) {
      const channel = `${group}.${name}`;
      members[name] = kind === 'call' ? call(channel, output) : push(channel);
    }
    client[group] = members;
  }
  // The compiler does not follow names through a loop: each member is made of the entry of its name.
  return client as Client;
}

interface EventNeeds {
  readonly client: Client;
  readonly pushes: Listeners;
  readonly runs: FeedRuns;
}

/** Makes pushes of events. */
function eventHandler({ client, pushes, runs }: EventNeeds) {
  const renewalOf = <T>(channel: string, ask: () => Promise<Result<T>>) =>
    new Renewal(ask, (state) => pushes.tell(channel, state));
  const monitor = renewalOf('monitor.changed', client.monitor.state);
  const settings = renewalOf('settings.changed', client.settings.state);
  const alerts = renewalOf('alerts.changed', client.alerts.state);
  return ({ id, event, data }: EventSourceMessage, isFirst: boolean): boolean => {
    runs.note(id);
    // What was missed is asked for: what the feed tells once more may have been true long ago.
    if (isFirst) for (const renewal of [monitor, settings, alerts]) renewal.renew();
    if (event === 'settings') settings.renew();
    if (event === 'alert') alerts.renew();
    if (event !== 'freshness') return true;
    const freshness = feedFreshnessSchema.safeParse(parseJson(data));
    if (freshness.success) pushes.tell('monitor.changed', runs.numbered(freshness.data.state));
    return freshness.success;
  };
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema takes it, so that it is told as what is not understood.
    return undefined;
  }
}
