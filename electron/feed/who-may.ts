import type { IncomingMessage } from 'node:http';
import { type Refusal, refusals } from './refusals.ts';

/**
 * What is looked at before anything else of a request: whether it was meant for this server, and whether a
 * page of somebody else's made it. Null lets it pass.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | null {
  const { origin } = request.headers;
  const [host, ...others] = request.headersDistinct.host ?? [];
  // A page whose name was rebound to this address sends its own name here.
  if (host === undefined || others.length > 0 || !hostsOf(port).includes(host.toLowerCase()))
    return refusals.otherHost;
  if (origin !== undefined && !hostsOf(port).some((own) => origin === `http://${own}`))
    return refusals.otherPage;
  // Other ports of this machine are the same site, yet other pages; they send an Origin.
  if (request.headers['sec-fetch-site'] === 'cross-site') return refusals.otherPage;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead || request.method === 'POST' ? null : refusals.method;
}

const base = 'http://127.0.0.1';

const hostsOf = (port: number): string[] =>
  ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);

/** The token of `Authorization: Bearer …`, null where there is none. */
export const bearerOf = (request: IncomingMessage): string | null =>
  /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/**
 * The path and the query of a request, null for what is no path. The address is never decoded: whatever it
 * is not spelt as in the table of routes is not there.
 */
export function addressOf(request: IncomingMessage): URL | null {
  const url = request.url ?? '';
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('\\')) return null;
  return URL.canParse(url, base) ? new URL(url, base) : null;
}
