import http from 'node:http';
import https from 'node:https';
import {
  type WebhookMessage,
  type WebhookParts,
  type WebhookRequest,
  webhookRequest,
} from './webhook-presets.ts';

/** What became of a message. A reason says why in words that a person may read, without any secret. */
export type WebhookOutcome =
  | { readonly kind: 'sent' }
  /** To be tried again, not before `afterMs`, which is 0 unless the service asked for more. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** Trying again would change nothing: a person has to. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What sends messages. */
export interface Webhook {
  /** One try; it never rejects for what the network or the service does. */
  send(request: WebhookRequest): Promise<WebhookOutcome>;
}

/** What tests set; the app has the usual ones. */
export interface WebhookOptions {
  /** Wall clock in milliseconds since 1970, for a Retry-After that is a date. */
  readonly now: () => number;
  /** Trusted in place of the usual authorities, as PEM. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10 * 1000;
const mostBodyBytes = 4096;
const longestRetryAfterMs = 60 * 60 * 1000;
const leastDelayMs = 5 * 1000;
const mostDelayMs = 15 * 60 * 1000;
const givenUpMs = 24 * 60 * 60 * 1000;

/**
 * How long to wait after one more failure: 5 s to 15 min, twice as long each time, at random so that many
 * do not come together; a longer `afterMs` of the outcome goes before. `failures` counts the earlier ones,
 * `random` is uniform in [0, 1). Null when the message is a day old: nobody needs it any more.
 */
export function retryDelayMs(failures: number, ageMs: number, random: number): number | null {
  if (ageMs >= givenUpMs) return null;
  const most = Math.min(mostDelayMs, leastDelayMs * 2 ** (failures + 1));
  return leastDelayMs + random * (most - leastDelayMs);
}

/** Makes a message a request by the settings and the secret of the moment, and sends it. */
export const webhookSender =
  (webhook: Webhook, setUp: () => Omit<WebhookParts, 'message'>) =>
  async (message: WebhookMessage): Promise<WebhookOutcome> => {
    const built = webhookRequest({ ...setUp(), message });
    return built.ok ? webhook.send(built.request) : { kind: 'refused', reason: built.problem };
  };

/** Sends over node:https: certificates are verified, redirects are not followed. */
export function createWebhook({ now, ca, timeoutMs = usualTimeoutMs }: WebhookOptions): Webhook {
  return {
    send: async (request) => {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const response = await post(request, ca, signal);
        await readAway(response);
        return outcomeOf(response, now());
      } catch (error) {
        const reason = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : whyFailed(error);
        return { kind: 'later', afterMs: 0, reason };
      }
    },
  };
}

/** Resolves with the head of the answer. */
function post(
  { url, headers, body }: WebhookRequest,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body, 'utf8');
    const options = {
      ...{ method: 'POST', signal, ...(ca === undefined ? {} : { ca }) },
      headers: { ...headers, 'content-length': bytes.length },
      // A connection of its own: one that was kept may be dead. An environment variable of Node's could
      // switch the check of certificates off.
      ...{ agent: false, rejectUnauthorized: true },
    };
    request(url, options, resolve).on('error', reject).end(bytes);
  });
}

/** Takes the answer's body, so that the service sees it arrive, up to what an honest one needs. */
async function readAway(response: http.IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += Buffer.byteLength(chunk);
      if (bytes > mostBodyBytes) return;
    }
  } catch {
    // The head has told already what became of the message: one that was sent is not to be sent again.
  }
}

function outcomeOf(
  { statusCode = 0, headers }: http.IncomingMessage,
  nowMs: number,
): WebhookOutcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'sent' };
  if (statusCode >= 500 || [408, 425, 429].includes(statusCode)) {
    const afterMs = retryAfterMs(headers['retry-after'], nowMs);
    return { kind: 'later', afterMs, reason: `the service cannot take it now (${statusCode})` };
  }
  return { kind: 'refused', reason: whyRefused(statusCode) };
}

function whyRefused(status: number): string {
  if (status >= 300 && status < 400)
    return `the address leads to another one (${status}): enter that one, redirects are not followed`;
  if (status === 401 || status === 403)
    return `the service refused it (${status}): check the secret`;
  if (status === 404 || status === 410)
    return `the service refused it (${status}): check the address`;
  return `the service refused it (${status}): check the address and the secret`;
}

/** Seconds or a date, as milliseconds from now within an hour; 0 where it is neither. */
function retryAfterMs(text: string | undefined, nowMs: number): number {
  if (text === undefined) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

// By the code alone: messages of the system may hold the address.
function whyFailed(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name of the service is not known (${code}): check the network and the address`;
    case 'ECONNREFUSED':
      return `the service took no connection (${code})`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `the connection was cut (${code})`;
    default:
      return code.includes('CERT') || code.includes('SIGNATURE')
        ? `the certificate of the service is not trusted (${code})`
        : `the service was not reached (${code})`;
  }
}
