import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession, type Session } from 'better-sse';
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
import { Rounds } from './rounds.ts';
import { type Pressure, Subscriber } from './subscriber.ts';

/** What the events are made of, and how many may follow them. */
export interface EventsNeeds
  extends Pick<FeedNeeds, 'monitor' | 'alerts' | 'settings' | 'clock' | 'log'> {
  readonly limits: { readonly subscribers: number; readonly perToken: number };
  readonly pressure: Pressure;
}

const heartbeatMs = 10 * 1000;
const retryMs = 2000;

/** Tells every subscriber what changes, each event made once for all. */
export class Events {
  readonly #needs: EventsNeeds;
  readonly #log = new EventLog(randomBytes(6).toString('hex'));
  /** Who follows or is about to: the owner behind each answer. */
  readonly #seats = new Map<ServerResponse, string>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #rounds = new Rounds();
  readonly #undo: (() => void)[];
  #sequence: number;
  #alerts = '';
  #cut = 0;
  #disarm: () => void = () => undefined;

  constructor(needs: EventsNeeds) {
    this.#needs = needs;
    const { monitor, alerts, settings } = needs;
    this.#sequence = monitor.state().sequence;
    this.#alerts = JSON.stringify(alertDocument(alerts.state()));
    this.#rearm();
    this.#undo = [
      monitor.onChange((state) => this.#onMonitor(state)),
      alerts.onChange((state) => this.#onAlerts(state)),
      settings.onChange(() => this.#publish(this.#log.add('settings', {}))),
      () => this.#disarm(),
    ];
  }

  counts(): { readonly subscribers: number; readonly cut: number } {
    return { subscribers: this.#subscribers.size, cut: this.#cut };
  }

  /** Whether one more may follow with the token of this owner. */
  hasRoomFor(owner: string): boolean {
    const { subscribers, perToken } = this.#needs.limits;
    const own = [...this.#seats.values()].filter((each) => each === owner).length;
    return this.#seats.size < subscribers && own < perToken;
  }

  /** Makes an answer a stream of events, from an id on or with how things stand now. */
  async connect(request: IncomingMessage, response: ServerResponse, owner: string): Promise<void> {
    if (hasLeft(response)) return;
    let subscriber: Subscriber | null = null;
    this.#seats.set(response, owner);
    response.once('close', () => {
      this.#seats.delete(response);
      if (subscriber === null) return;
      subscriber.close();
      this.#subscribers.delete(subscriber);
    });
    const session = await createSession(request, response, {
      ...{ retry: retryMs, keepAlive: null, trustClientEventId: false },
      headers: { ...commonHeaders, ...dataPolicy },
    });
    // Whoever left meanwhile was not heard to leave by better-sse, and would stay for ever.
    if (hasLeft(response)) return;
    subscriber = this.#subscriberOf(session, response);
    const lastId = request.headers['last-event-id'];
    const missed = typeof lastId === 'string' ? this.#log.since(lastId) : null;
    for (const sent of missed ?? this.#standing()) subscriber.send(sent);
    this.#subscribers.add(subscriber);
  }

  /** Ends the streams of those whose token is no more. */
  endWithout(mayRead: (owner: string) => boolean): void {
    for (const [response, owner] of this.#seats) {
      if (!mayRead(owner)) response.destroy();
    }
  }

  close(): void {
    for (const undo of this.#undo) undo();
    for (const response of this.#seats.keys()) response.destroy();
  }

  #subscriberOf(session: Session, response: ServerResponse): Subscriber {
    return new Subscriber({
      ...{ session, response, pressure: this.#needs.pressure },
      onCut: () => {
        this.#cut += 1;
      },
      onError: (error) => this.#needs.log('An event could not be sent.', error),
    });
  }

  /** How things stand now, for who begins. */
  #standing(): Sent[] {
    const { monitor, alerts } = this.#needs;
    const state = monitor.state();
    return this.#log.standing([
      ['snapshot', figuresDocument(state, monitor.snapshot())],
      ['freshness', freshnessDocument(state)],
      ['alert', alertDocument(alerts.state())],
    ]);
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

  #rearm(): void {
    this.#disarm = this.#needs.clock.after(heartbeatMs, () => this.#beat());
  }

  #beat(): void {
    this.#rearm();
    const state = this.#needs.monitor.state();
    this.#publish(this.#log.add('heartbeat', heartbeatDocument(state, this.#subscribers.size)));
  }

  #publish(sent: Sent): void {
    this.#rounds.add(sent, this.#subscribers);
  }
}

const hasLeft = ({ destroyed, socket }: ServerResponse): boolean =>
  destroyed || socket === null || socket.destroyed;
