import type { ServerResponse } from 'node:http';

/** An answer that says no: what, why, what next. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every refusal that says nothing of the request itself. */
export const refusals = {
  otherHost: {
    ...{ status: 421, code: 'wrong-host' },
    message: 'This address is not of this feed; ask 127.0.0.1 at its port.',
  },
  otherPage: {
    ...{ status: 403, code: 'foreign-page' },
    message: 'Pages of other origins may not read the feed; use the page that it serves.',
  },
  method: {
    ...{ status: 405, code: 'method' },
    message: 'The feed only tells: use GET, and POST for /v1/sse-ticket alone.',
    headers: { Allow: 'GET, HEAD, POST' },
  },
  unauthorized: {
    ...{ status: 401, code: 'unauthorized' },
    message:
      'A token of feed-tokens.json is needed, as "Authorization: Bearer TOKEN"; "plumbline tokens --add NAME" makes one.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  ticket: {
    ...{ status: 401, code: 'ticket' },
    message:
      'The ticket is unknown, used or older than 30 seconds; ask POST /v1/sse-ticket for another.',
  },
  pipelined: {
    ...{ status: 400, code: 'pipelined' },
    message: 'The events take a connection of their own; wait for the answer before, then ask.',
    headers: { Connection: 'close' },
  },
  tooManyQuestions: {
    ...{ status: 429, code: 'too-many-requests' },
    message: 'Too many of your questions for rows wait already; wait for their answers first.',
    headers: { 'Retry-After': '1' },
  },
  notFound: {
    ...{ status: 404, code: 'not-found' },
    message: 'There is nothing at this path; /v1/openapi.json lists all.',
  },
  malformed: {
    ...{ status: 400, code: 'malformed' },
    message: 'The address of the request is not understood; it begins with a single slash.',
  },
  body: {
    ...{ status: 413, code: 'body' },
    message: 'The feed takes no bodies; send none.',
    // Nobody reads it to its end.
    headers: { Connection: 'close' },
  },
  tooMany: {
    ...{ status: 429, code: 'too-many-requests' },
    message: 'Too many requests; wait a second, or follow /v1/events and be told.',
    headers: { 'Retry-After': '1' },
  },
  tooManySubscribers: {
    ...{ status: 429, code: 'too-many-subscribers' },
    message: 'Too many subscribers; end one of yours first.',
    headers: { 'Retry-After': '10' },
  },
  internal: {
    ...{ status: 500, code: 'internal' },
    message: 'Something went wrong inside Plumbline; its log has the cause.',
  },
} as const satisfies Record<string, Refusal>;

/** A method that a path does not take, and those that it takes. */
export const methodRefusal = (allow: string): Refusal => ({
  ...refusals.method,
  headers: { Allow: allow },
});

/** A request that is not understood, by the name of what is wrong with it. */
export const badQuery = (message: string): Refusal => ({ status: 400, code: 'bad-query', message });

/** Headers of every answer: nothing is kept, nothing is guessed, no other page gets to see it. */
export const commonHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const;

/** What an answer that is no page may load: nothing. */
export const dataPolicy = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Says no. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, headers = {} } = refusal;
  send(response, status, JSON.stringify({ error: { code, message } }), {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
  });
}

/** Answers as a whole. */
export function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  const length = { 'Content-Length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...commonHeaders, ...dataPolicy, ...length, ...headers });
  // To HEAD Node sends the head alone.
  response.end(body);
}
