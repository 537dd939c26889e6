import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FeedState } from '../../shared/feed.ts';
import type { CallError } from '../../shared/result.ts';
import { tradeQuerySchema } from '../../shared/trade-page.ts';
import type { ContractCall } from '../contract-calls.ts';
import { alertsDocument } from './documents.ts';
import type { Events } from './events.ts';
import type { FeedLimits, FeedNeeds } from './feed-needs.ts';
import { exposeMetrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import type { PageFile } from './page.ts';
import { RateLimit } from './rate-limit.ts';
import { badQuery, methodRefusal, type Refusal, refusals, refuse, send } from './refusals.ts';
import { SnapshotText } from './snapshot-text.ts';
import { Tickets } from './tickets.ts';
import type { Tokens } from './tokens.ts';
import { faultOfQuery, tradeQueryOf } from './trade-query.ts';
import { answerCall, viewCallsOf } from './view-calls.ts';
import { addressOf, bearerOf, refusalOf } from './who-may.ts';

/** What the routes lead to. */
export interface RoutesNeeds extends Omit<FeedNeeds, 'limits' | 'page'> {
  readonly limits: FeedLimits;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly tokens: Tokens;
  readonly events: Events;
}

/** One request, and whose token it came with. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly owner: string;
}

const json = { 'Content-Type': 'application/json; charset=utf-8' };
const callsPath = '/v1/calls/';
const tradesCall = 'monitor.trades';
/** Calls that ask the database beside the figures. */
const rowCalls: ReadonlySet<string> = new Set([tradesCall, 'monitor.oddRows']);
const ticketPath = '/v1/sse-ticket';
const eventsPath = '/v1/events';

/** Answers requests: first whether it may be answered at all, then by whom. */
export class Routes {
  readonly #needs: RoutesNeeds;
  readonly #tickets: Tickets;
  readonly #rate: RateLimit;
  readonly #openRate: RateLimit;
  readonly #calls: ReadonlyMap<string, ContractCall>;
  readonly #snapshot = new SnapshotText();
  /** Questions for rows that wait for their answers, by owner. */
  readonly #underWay = new Map<string, number>();
  #answered = 0;
  #refused = 0;

  constructor(needs: RoutesNeeds) {
    this.#needs = needs;
    this.#tickets = new Tickets(needs.clock);
    this.#rate = new RateLimit(needs.clock, needs.limits.rate);
    this.#openRate = new RateLimit(needs.clock, needs.limits.openRate);
    this.#calls = viewCallsOf(needs.handlers, needs.home, needs.log);
  }

  counts(): Pick<Extract<FeedState, { kind: 'on' }>, 'answered' | 'refused'> {
    return { answered: this.#answered, refused: this.#refused };
  }

  /** @param port The one that the server listens on. */
  async answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const refusal = refusalOf(request, port) ?? (hasBody(request) ? refusals.body : null) ?? null;
    const url = addressOf(request);
    if (refusal !== null) this.#refuse(response, refusal);
    else if (url === null) this.#refuse(response, refusals.malformed);
    else if (this.#isOpen(url.pathname)) await this.#answerOpen(request, response, url.pathname);
    else await this.#answerKnown(request, response, url);
  }

  #isOpen(path: string): boolean {
    return path === '/livez' || this.#needs.page.has(path);
  }

  async #answerOpen(request: IncomingMessage, response: ServerResponse, path: string) {
    if (request.method === 'POST') return this.#refuse(response, methodRefusal('GET, HEAD'));
    if (!this.#openRate.admits('page')) return this.#refuse(response, refusals.tooMany);
    const file = this.#needs.page.get(path);
    if (file === undefined)
      this.#send(response, 'ok\n', { 'Content-Type': 'text/plain; charset=utf-8' });
    else this.#send(response, await file.read(), file.headers);
  }

  async #answerKnown(request: IncomingMessage, response: ServerResponse, url: URL) {
    const owner = this.#ownerOf(request, url);
    if (typeof owner !== 'string') {
      // Whoever guesses gets no more tries than whoever reads the page.
      return this.#refuse(response, this.#openRate.admits('guesses') ? owner : refusals.tooMany);
    }
    if (!this.#rate.admits(owner)) return this.#refuse(response, refusals.tooMany);
    const isTicket = url.pathname === ticketPath;
    if ((request.method === 'POST') !== isTicket)
      return this.#refuse(response, methodRefusal(isTicket ? 'POST' : 'GET, HEAD'));
    await this.#route({ request, response, url, owner });
  }

  /** Whose the token is, or the one that the ticket was given for. */
  #ownerOf(request: IncomingMessage, url: URL): string | Refusal {
    const ticket = url.pathname === eventsPath ? url.searchParams.get('ticket') : null;
    if (ticket !== null) {
      const owner = this.#tickets.redeem(ticket);
      return owner !== null && this.#needs.tokens.has(owner) ? owner : refusals.ticket;
    }
    const token = bearerOf(request);
    const owner = token === null ? null : this.#needs.tokens.ownerOf(token);
    return owner ?? refusals.unauthorized;
  }

  async #route(asked: Asked): Promise<void> {
    const { response, url, owner } = asked;
    const { monitor, alerts } = this.#needs;
    switch (url.pathname) {
      case '/v1/snapshot':
        return this.#send(response, this.#snapshot.of(monitor.state(), monitor.snapshot()), json);
      case '/v1/alerts':
        return this.#send(response, JSON.stringify(alertsDocument(alerts.state())), json);
      case '/v1/trades':
        return this.#trades(asked);
      case eventsPath:
        return this.#follow(asked);
      case ticketPath:
        return this.#send(response, JSON.stringify(this.#tickets.issue(owner)), json);
      case '/v1/openapi.json':
        return this.#send(response, JSON.stringify(openApi()), json);
      case '/metrics':
        return this.#metrics(asked);
      default:
        return this.#call(asked);
    }
  }

  async #call({ response, url, owner }: Asked): Promise<void> {
    const channel = url.pathname.startsWith(callsPath) ? url.pathname.slice(callsPath.length) : '';
    const call = this.#calls.get(channel);
    if (call === undefined) return this.#refuse(response, refusals.notFound);
    const result = await this.#inTurn(channel, owner, () => answerCall(call, url.searchParams));
    if (result === null) this.#refuse(response, refusals.tooManyQuestions);
    else this.#send(response, JSON.stringify(result), json);
  }

  /** Null where this owner has too many questions for rows under way: they wait in one queue for all. */
  async #inTurn<T>(channel: string, owner: string, ask: () => Promise<T>): Promise<T | null> {
    if (!rowCalls.has(channel)) return ask();
    const underWay = this.#underWay.get(owner) ?? 0;
    if (underWay >= this.#needs.limits.questionsPerToken) return null;
    this.#underWay.set(owner, underWay + 1);
    try {
      return await ask();
    } finally {
      this.#underWay.set(owner, (this.#underWay.get(owner) ?? 1) - 1);
    }
  }

  async #trades({ response, url, owner }: Asked): Promise<void> {
    const call = this.#calls.get(tradesCall);
    if (call === undefined) return this.#refuse(response, refusals.notFound);
    const query = tradeQuerySchema.safeParse(tradeQueryOf(url.searchParams));
    if (!query.success) {
      return this.#refuse(response, badQuery(faultOfQuery(query.error.issues[0])));
    }
    const result = await this.#inTurn(tradesCall, owner, () => call.answer(query.data));
    if (result === null) this.#refuse(response, refusals.tooManyQuestions);
    else if (result.ok) this.#send(response, JSON.stringify(result.value), json);
    else this.#refuse(response, callRefusal(result.error));
  }

  async #follow({ request, response, owner }: Asked): Promise<void> {
    const { events } = this.#needs;
    if (!events.hasRoomFor(owner)) return this.#refuse(response, refusals.tooManySubscribers);
    // No answer to a question about the head alone.
    if (request.method === 'HEAD') return this.#refuse(response, methodRefusal('GET'));
    // Queued behind another answer of its connection, which may never end.
    if (response.socket === null && !response.destroyed) {
      return this.#refuse(response, refusals.pipelined);
    }
    this.#answered += 1;
    await events.connect(request, response, owner);
  }

  async #metrics({ response }: Asked): Promise<void> {
    const { monitor, alerts, events } = this.#needs;
    const { contentType, text } = await exposeMetrics({
      ...{ state: monitor.state(), snapshot: monitor.snapshot(), alerts: alerts.state() },
      ...events.counts(),
      ...this.counts(),
    });
    this.#send(response, text, { 'Content-Type': contentType });
  }

  #send(
    response: ServerResponse,
    body: string | Buffer,
    headers: Readonly<Record<string, string>>,
  ): void {
    this.#answered += 1;
    send(response, 200, body, headers);
  }

  #refuse(response: ServerResponse, refusal: Refusal): void {
    this.#refused += 1;
    refuse(response, refusal);
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

function callRefusal({ code, message }: CallError): Refusal {
  if (code === 'bad-request') return badQuery(message);
  if (code === 'too-many-requests') return { ...refusals.tooMany, message };
  return { status: code === 'internal' ? 500 : 503, code, message };
}
