import type { RuleProblem, WebhookSettings } from '../../shared/alerts/alerts-state.ts';
import type { Severity } from '../../shared/alerts/rule.ts';
import { instantMs } from '../../shared/instant.ts';

/** What is to be told. */
export interface WebhookMessage {
  readonly title: string;
  readonly body: string;
  readonly severity: Severity;
  /** Null when it is of no one episode: a test, a digest. */
  readonly episodeId: string | null;
  /** Instant that it tells of. */
  readonly at: string;
}

/** One POST. Its address, headers and body hold secrets: they belong in no log and no message. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request, or what keeps it from being made, as one sentence a person can act upon. */
export type BuiltRequest =
  | { readonly ok: true; readonly request: WebhookRequest }
  | { readonly ok: false; readonly problem: string };

/** What a request is made of; the secret is null where none is known. */
export interface WebhookParts {
  readonly settings: WebhookSettings;
  readonly secret: string | null;
  readonly message: WebhookMessage;
}

const pushoverUrl = 'https://api.pushover.net/1/messages.json';
const pushoverSecret = /^[A-Za-z0-9]{30}:[A-Za-z0-9]{30}$/;
const topicPath = /^\/([-_A-Za-z0-9]{1,64})\/?$/;
const headerText = /^[\x21-\x7e]{0,1000}$/;
// What the services take; a longer text would be refused, or become an attachment.
const longest = { title: 250, body: 1000 } as const;

/** Pushover's, from -2 to 2; 2 repeats until it is acknowledged over there, and is not used. */
const pushoverPriorities: Readonly<Record<Severity, string>> = {
  critical: '1',
  warning: '0',
  info: '-1',
};
/** From 1 to 5, 3 being usual; the tags show as a symbol before the title. */
const ntfyLevels: Readonly<Record<Severity, { priority: number; tags: readonly string[] }>> = {
  critical: { priority: 5, tags: ['rotating_light'] },
  warning: { priority: 4, tags: ['warning'] },
  info: { priority: 3, tags: ['information_source'] },
};

/** The request of a message by the service that is set up. */
export function webhookRequest({ settings, secret, message }: WebhookParts): BuiltRequest {
  const problem = checkWebhook(settings, secret)[0];
  if (problem !== undefined) return { ok: false, problem: problem.message };
  const { title, body, severity, episodeId, at } = message;
  const cut: WebhookMessage = {
    ...{ title: cutTo(title, longest.title), body: cutTo(body, longest.body) },
    ...{ severity, episodeId, at },
  };
  switch (settings.preset) {
    case 'off':
      return { ok: false, problem: 'No webhook is set up: choose a service first.' };
    case 'pushover':
      return { ok: true, request: pushoverRequest(secret ?? '', cut) };
    case 'ntfy':
      return { ok: true, request: ntfyRequest(settings.url, secret, cut) };
    case 'plain':
      return { ok: true, request: jsonRequest(new URL(settings.url), secret, cut) };
  }
}

/**
 * What keeps a webhook from being used, by its field (`url`, `secret`); nothing does while it is off. The
 * secret is the one that would be in effect; an empty one is none.
 */
export function checkWebhook(settings: WebhookSettings, secret: string | null): RuleProblem[] {
  switch (settings.preset) {
    case 'off':
      return [];
    case 'pushover':
      return problemsOf({ secret: whyNoPushover(secret) });
    case 'ntfy': {
      const url = whyNoUrl(settings.url) ?? whyNoTopic(new URL(settings.url));
      return problemsOf({ url, secret: whyNoBearer(secret) });
    }
    case 'plain':
      return problemsOf({ url: whyNoUrl(settings.url), secret: whyNoBearer(secret) });
  }
}

const problemsOf = (why: Readonly<Record<string, string | null>>): RuleProblem[] =>
  Object.entries(why).flatMap(([field, message]) => (message === null ? [] : { field, message }));

function whyNoUrl(text: string): string | null {
  if (!URL.canParse(text))
    return 'The address is no URL: enter one that begins with https://, as the service shows it.';
  const { protocol, hostname, username, password } = new URL(text);
  const isPlain = protocol === 'http:' && isLoopback(hostname);
  if (protocol !== 'https:' && !isPlain)
    return 'The address does not begin with https://, so messages could be read on their way: enter an https address. Plain http is for this machine alone.';
  if (username !== '' || password !== '')
    return 'The address holds a user name or a password, which would be kept in plain text: take it out, and enter an access token as the secret.';
  return null;
}

/** Names of this machine: what goes there crosses no network. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const whyNoTopic = ({ pathname }: URL): string | null =>
  topicPath.test(pathname)
    ? null
    : 'The address names no topic: enter it as https://SERVER/TOPIC, the topic of up to 64 letters, digits, "-" and "_".';

const whyNoPushover = (secret: string | null): string | null =>
  secret !== null && pushoverSecret.test(secret)
    ? null
    : 'Pushover needs the token of an application and a user key, of 30 letters and digits each: enter them as the secret, with a colon between, TOKEN:USER.';

const whyNoBearer = (secret: string | null): string | null =>
  secret === null || headerText.test(secret)
    ? null
    : 'The secret holds blanks or characters that no header can carry: enter the access token alone, as the service shows it.';

function pushoverRequest(secret: string, message: WebhookMessage): WebhookRequest {
  const [token = '', user = ''] = secret.split(':');
  const { title, body, severity, at } = message;
  const ms = instantMs(at);
  const form = new URLSearchParams({
    ...{ token, user, title, message: body === '' ? title : body },
    priority: pushoverPriorities[severity],
    ...(ms === null ? {} : { timestamp: String(Math.floor(ms / 1000)) }),
  });
  return {
    url: pushoverUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

// Published as JSON at the server's root, for a title in a header could hold ASCII alone.
function ntfyRequest(
  address: string,
  secret: string | null,
  { title, body, severity }: WebhookMessage,
): WebhookRequest {
  const root = new URL(address);
  const topic = topicPath.exec(root.pathname)?.[1];
  root.pathname = '/';
  const message = body === '' ? title : body;
  return jsonRequest(root, secret, { topic, title, message, ...ntfyLevels[severity] });
}

const jsonRequest = (url: URL, secret: string | null, body: object): WebhookRequest => ({
  url: url.href,
  headers: {
    'content-type': 'application/json',
    ...(secret === null || secret === '' ? {} : { authorization: `Bearer ${secret}` }),
  },
  body: JSON.stringify(body),
});

/** Counted in characters, so that none is cut in half. */
function cutTo(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
