import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession } from 'better-sse';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import {
  alertDocument,
  figuresDocument,
  freshnessDocument,
  heartbeatDocument,
} from './documents.ts';
import { EventLog, type Sent } from './event-log.ts';
import type { FeedNeeds } from './feed-needs.ts';
import { commonHeaders, dataPolicy } from './refusals.ts';
import { type Pressure, Subscriber } from './subscriber.ts';

/** What the events are made of, and how many may follow them. */
export interface EventsNeeds extends Pick<FeedNeeds, 'monitor' | 'alerts' | 'settings' | 'log'> {
  readonly limits: { readonly subscribers: number; readonly perToken: number };
  readonly pressure: Pressure;
}

const heartbeatMs = 10 * 1000;
const retryMs = 2000;

/** Tells every subscriber what changes, each event made once for all. */
export class Events {
  readonly #needs: EventsNeeds;
  readonly #log = new EventLog(randomBytes(6).toString('hex'));
  readonly #subscribers = new Set<Subscriber>();
  readonly #undo: (() => void)[];
  #sequence: number;
  #alerts = '';
  #cut = 0;

  constructor(needs: EventsNeeds) {
    this.#needs = needs;
    const { monitor, alerts, settings } = needs;
    this.#sequence = monitor.state().sequence;
    this.#alerts = JSON.stringify(alertDocument(alerts.state()));
    const beating = setInterval(() => this.#beat(), heartbeatMs);
    this.#undo = [
      monitor.onChange((state) => this.#onMonitor(state)),
      alerts.onChange((state) => this.#onAlerts(state)),
      settings.onChange(() => this.#publish(this.#log.add('settings', {}))),
      () => clearInterval(beating),
    ];
  }

  counts(): { readonly subscribers: number; readonly cut: number } {
    return { subscribers: this.#subscribers.size, cut: this.#cut };
  }

  /** Whether one more may follow with the token of this name. */
  hasRoomFor(owner: string): boolean {
    const { subscribers, perToken } = this.#needs.limits;
    const own = [...this.#subscribers].filter((each) => each.owner === owner).length;
    return this.#subscribers.size < subscribers && own < perToken;
  }

  /** Makes an answer a stream of events, from an id on or with how things stand now. */
  async connect(request: IncomingMessage, response: ServerResponse, owner: string): Promise<void> {
    const session = await createSession(request, response, {
      ...{ retry: retryMs, keepAlive: null, trustClientEventId: false },
      headers: { ...commonHeaders, ...dataPolicy },
    });
    // Who left meanwhile was not heard to leave by better-sse, and would stay for ever.
    if (response.destroyed || request.destroyed) return;
    const subscriber = new Subscriber({
      ...{ session, response, owner, pressure: this.#needs.pressure },
      onCut: () => {
        this.#cut += 1;
      },
      onError: (error) => this.#needs.log('An event could not be sent.', error),
    });
    response.once('close', () => {
      subscriber.close();
      this.#subscribers.delete(subscriber);
    });
    const lastId = request.headers['last-event-id'];
    const missed = typeof lastId === 'string' ? this.#log.since(lastId) : null;
    for (const sent of missed ?? this.#standing()) subscriber.send(sent);
    this.#subscribers.add(subscriber);
  }

  /** Ends the streams of those whose token is no more. */
  endWithout(mayRead: (owner: string) => boolean): void {
    for (const subscriber of this.#subscribers) {
      if (!mayRead(subscriber.owner)) subscriber.end();
    }
  }

  close(): void {
    for (const undo of this.#undo) undo();
    for (const subscriber of this.#subscribers) subscriber.end();
  }

  /** How things stand now, for who begins. */
  #standing(): Sent[] {
    const { monitor, alerts } = this.#needs;
    const state = monitor.state();
    return [
      this.#log.make('snapshot', figuresDocument(state, monitor.snapshot())),
      this.#log.make('freshness', freshnessDocument(state)),
      this.#log.make('alert', alertDocument(alerts.state())),
    ];
  }

  #onMonitor(state: MonitorState): void {
    if (state.sequence !== this.#sequence) {
      this.#sequence = state.sequence;
      const figures = figuresDocument(state, this.#needs.monitor.snapshot());
      this.#publish(this.#log.add('snapshot', figures));
    }
    this.#publish(this.#log.add('freshness', freshnessDocument(state)));
  }

  /** Alerts are looked at with each refresh; what a reader sees of them seldom changes. */
  #onAlerts(state: AlertsState): void {
    const document = alertDocument(state);
    const text = JSON.stringify(document);
    if (text === this.#alerts) return;
    this.#alerts = text;
    this.#publish(this.#log.add('alert', document));
  }

  #beat(): void {
    const state = this.#needs.monitor.state();
    this.#publish(this.#log.add('heartbeat', heartbeatDocument(state, this.#subscribers.size)));
  }

  #publish(sent: Sent): void {
    for (const subscriber of this.#subscribers) subscriber.send(sent);
  }
}
