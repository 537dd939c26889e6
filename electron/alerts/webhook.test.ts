import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { selfSigned } from '../cli/test-support/self-signed.ts';
import { createWebhook, retryDelayMs, type WebhookOutcome, webhookSender } from './webhook.ts';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const nowMs = Date.parse('2026-11-23T14:00:00Z');
const secrets = ['open-sesame', 'hidden-path', 'hidden-query'];

let server: https.Server;
let answer: Answer;
let bodies: string[];

const at = (path: string): string => `https://127.0.0.1:${portOf(server)}${path}`;

function portOf(listening: http.Server | https.Server): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

async function listen(plain: http.Server): Promise<number> {
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  return portOf(plain);
}

const withStatus =
  (status: number, headers: http.OutgoingHttpHeaders = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end('{}');

async function send(
  own: Answer,
  { url = '', trusted = true, timeoutMs = 5000 } = {},
): Promise<WebhookOutcome> {
  answer = own;
  const ca = trusted ? { ca: selfSigned.certificate } : {};
  const webhook = createWebhook({ now: () => nowMs, timeoutMs, ...ca });
  const outcome = await webhook.send({
    url: url || at('/hidden-path?key=hidden-query'),
    headers: { 'content-type': 'application/json', authorization: 'Bearer open-sesame' },
    body: '{"title":"−$62 ▼"}',
  });
  for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
  return outcome;
}

beforeAll(async () => {
  const { certificate: cert, key } = selfSigned;
  server = https.createServer({ cert, key }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => server.closeAllConnections());

afterAll(() => new Promise((closed) => server.close(closed)));

const sent = { kind: 'sent' };
const later = (reason: string, afterMs = 0) => ({ kind: 'later', afterMs, reason });
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('one try', () => {
  test.each([200, 201, 202, 204])('%i is sent, with all of the body', async (status) => {
    bodies = [];
    let seen: http.IncomingMessage | undefined;
    const outcome = await send((request, response) => {
      seen = request;
      response.writeHead(status).end();
    });
    expect(outcome).toEqual(sent);
    expect(bodies).toEqual(['{"title":"−$62 ▼"}']);
    expect(seen).toMatchObject({ method: 'POST', url: '/hidden-path?key=hidden-query' });
    expect(seen?.headers).toMatchObject({
      ...{ authorization: 'Bearer open-sesame', 'content-length': '22', connection: 'close' },
    });
  });

  test.each([
    [400, 'check the address and the secret'],
    [401, 'check the secret'],
    [403, 'check the secret'],
    [404, 'check the address'],
    [422, 'check the address and the secret'],
  ])('%i is refused: %s', async (status, why) => {
    const outcome = await send(withStatus(status));
    expect(outcome).toEqual(refused(`the service refused it (${status}): ${why}`));
  });

  test.each([408, 425, 429, 500, 502, 503])('%i is to be tried again', async (status) => {
    expect(await send(withStatus(status))).toEqual(
      later(`the service cannot take it now (${status})`),
    );
  });

  test.each([
    ['7', 7000],
    ['0', 0],
    ['999999999', 60 * 60 * 1000],
    ['Mon, 23 Nov 2026 14:02:00 GMT', 2 * 60 * 1000],
    ['Mon, 23 Nov 2026 13:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
  ])('a Retry-After of %j waits %i ms', async (text, afterMs) => {
    const outcome = await send(withStatus(429, { 'retry-after': text }));
    expect(outcome).toEqual(later('the service cannot take it now (429)', afterMs));
  });

  test('a redirect is not followed, so that the secret goes nowhere else', async () => {
    bodies = [];
    const outcome = await send(withStatus(302, { location: at('/hidden-path/other') }));
    expect(outcome).toEqual(
      refused('the address leads to another one (302): enter that one, redirects are not followed'),
    );
    expect(bodies).toHaveLength(1);
  });

  test('an answer that does not come is given up', async () => {
    expect(await send(() => undefined, { timeoutMs: 500 })).toEqual(
      later('no answer within 0.5 s'),
    );
  });

  test('a connection that is cut is to be tried again', async () => {
    expect(await send((request) => request.socket.destroy())).toEqual(
      later('the connection was cut (ECONNRESET)'),
    );
  });

  test('a body without end neither fills memory nor takes the time', async () => {
    let written = 0;
    let closed = false;
    const pour = (response: http.ServerResponse): void => {
      while (!closed && response.write('x'.repeat(1024))) written += 1024;
      response.once('drain', () => pour(response));
    };
    const outcome = await send((_, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200);
      pour(response);
    });
    expect(outcome).toEqual(sent);
    await vi.waitFor(() => expect(closed).toBe(true));
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  test.each([
    ['stalls', () => undefined],
    ['is cut', (response: http.ServerResponse) => response.destroy()],
  ])('what was taken is not sent again because its body %s', async (_, then) => {
    const own: Answer = (__, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{', () => then(response));
    };
    expect(await send(own, { timeoutMs: 1500 })).toEqual(sent);
  });

  test('a certificate that nobody vouches for is not trusted', async () => {
    bodies = [];
    expect(await send(withStatus(200), { trusted: false })).toEqual(
      later('the certificate of the service is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'),
    );
    expect(bodies).toEqual([]);
  });

  test('an environment variable does not switch the check of certificates off', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await send(withStatus(200), { trusted: false })).toMatchObject({ kind: 'later' });
    vi.unstubAllEnvs();
    warning.mockRestore();
  });

  test('a certificate of another name is not trusted', async () => {
    const url = at('/').replace('127.0.0.1', 'localhost');
    expect(await send(withStatus(200), { url })).toEqual(
      later('the certificate of the service is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)'),
    );
  });

  test('where nobody listens it is tried again', async () => {
    const closed = http.createServer();
    const port = await listen(closed);
    await new Promise((done) => closed.close(done));
    expect(await send(withStatus(200), { url: `https://127.0.0.1:${port}/` })).toEqual(
      later('the service took no connection (ECONNREFUSED)'),
    );
  });

  test('what speaks no TLS is not reached', async () => {
    const plain = http.createServer((_, response) => response.end());
    const port = await listen(plain);
    const outcome = await send(withStatus(200), { url: `https://127.0.0.1:${port}/` });
    expect(outcome).toMatchObject({ kind: 'later' });
    expect(await send(withStatus(200), { url: `http://127.0.0.1:${port}/` })).toEqual(sent);
    await new Promise((done) => plain.close(done));
  });

  test('a service that recovers is sent to', async () => {
    const outcomes: string[] = [];
    for (const status of [503, 429, 200]) outcomes.push((await send(withStatus(status))).kind);
    expect(outcomes).toEqual(['later', 'later', 'sent']);
  });
});

test('a message goes by what is set up when it is sent', async () => {
  const settings = { preset: 'plain' as const, url: at('/hidden-path'), from: 'info' as const };
  let secret: string | null = 'open-sesame';
  const webhook = createWebhook({ now: () => nowMs, ca: selfSigned.certificate });
  const tell = webhookSender(webhook, () => ({ settings, secret }));
  const message = { title: 'Test', body: '', severity: 'info' as const, episodeId: null };
  const at14 = { ...message, at: '2026-11-23T14:00:00.000000Z' };
  answer = withStatus(200);
  bodies = [];
  expect(await tell(at14)).toEqual(sent);
  expect(bodies.map((body) => JSON.parse(body))).toEqual([at14]);
  secret = 'no token';
  expect(await tell(at14)).toEqual(refused(expect.stringContaining('no header can carry')));
  expect(bodies).toHaveLength(1);
});

describe('the wait before the next try', () => {
  test('doubles from 5 s up to 15 minutes', () => {
    const longest = [0, 1, 2, 7, 1000].map((failures) => retryDelayMs(failures, 0, 1));
    expect(longest).toEqual([10_000, 20_000, 40_000, 900_000, 900_000]);
  });

  test('is given up after a day', () => {
    const dayMs = 24 * 60 * 60 * 1000;
    expect(retryDelayMs(100, dayMs - 1, 0.5)).not.toBeNull();
    expect(retryDelayMs(0, dayMs, 0.5)).toBeNull();
  });

  test('lies between 5 s and 15 minutes, whatever chance says', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const ms = retryDelayMs(failures, 0, chance);
        expect(ms).toBeGreaterThanOrEqual(5000);
        expect(ms).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});
