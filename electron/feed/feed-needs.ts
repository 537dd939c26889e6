import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Handlers } from '../../shared/contract.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { SettingsState } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Clock } from '../monitor/clock.ts';
import type { Rate } from './rate-limit.ts';
import type { Pressure } from './subscriber.ts';

/** A state that changes. */
interface Observed<T> {
  state(): T;
  onChange(listener: (state: T) => void): () => void;
}

/** How much the feed bears. */
export interface FeedLimits {
  /** Subscribers in all, and with one token. */
  readonly subscribers: number;
  readonly perToken: number;
  /** Connections, subscribers among them. */
  readonly connections: number;
  /** Requests with one token. */
  readonly rate: Rate;
  /** Questions for rows that may wait with one token; whoever leaves has asked all the same. */
  readonly questionsPerToken: number;
  /** Requests without one, together, once for the page and once for guesses: a page of the browser view is made of a dozen files. */
  readonly openRate: Rate;
  /** How long the head of a request may take, and all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
}

export const usualLimits: FeedLimits = {
  ...{ subscribers: 64, perToken: 8, connections: 128 },
  questionsPerToken: 4,
  rate: { burst: 40, perSecond: 20 },
  openRate: { burst: 100, perSecond: 20 },
  ...{ headersMs: 5 * 1000, requestMs: 10 * 1000 },
};

/** What a feed is made of. */
export interface FeedNeeds {
  /** PLUMBLINE_HOME. */
  readonly home: string;
  /** On 127.0.0.1; 0 takes any that is free. */
  readonly port: number;
  readonly monitor: Observed<MonitorState> & { snapshot(): Snapshot | null };
  readonly alerts: Observed<AlertsState>;
  readonly settings: Observed<SettingsState>;
  /** Who answers the calls that a browser view makes. */
  readonly handlers: Handlers;
  /** Folder of the built renderer. */
  readonly page: string;
  readonly clock: Clock;
  readonly limits?: Partial<FeedLimits>;
  readonly pressure?: Pressure;
  log(sentence: string, error?: unknown): void;
}
