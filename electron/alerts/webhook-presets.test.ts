import { describe, expect, test } from 'vitest';
import type { WebhookSettings } from '../../shared/alerts/alerts-state.ts';
import { checkWebhook, type WebhookMessage, webhookRequest } from './webhook-presets.ts';

const token = 'a'.repeat(30);
const user = 'Z9'.repeat(15);

const message: WebhookMessage = {
  title: 'Day P&L −$62.10, at or below −$50.00',
  body: 'since 14:03:22 · call the desk',
  severity: 'critical',
  episodeId: 'rule-1/@2026-11-23T14:03:22.000000Z',
  at: '2026-11-23T14:03:22.000000Z',
};

const webhook = (preset: WebhookSettings['preset'], url = ''): WebhookSettings => ({
  ...{ preset, url, from: 'warning' },
});

function built(settings: WebhookSettings, secret: string | null, changes = {}) {
  const made = webhookRequest({ settings, secret, message: { ...message, ...changes } });
  if (!made.ok) throw new Error(made.problem);
  return made.request;
}

describe('Pushover', () => {
  test('takes a form with token, user and the time of what happened', () => {
    const { url, headers, body } = built(webhook('pushover', 'ignored'), `${token}:${user}`);
    expect(url).toBe('https://api.pushover.net/1/messages.json');
    expect(headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ...{ token, user, title: message.title, message: message.body },
      ...{ priority: '1', timestamp: '1795442602' },
    });
  });

  test.each([
    ['critical', '1'],
    ['warning', '0'],
    ['info', '-1'],
  ])('%s has the priority %s', (severity, priority) => {
    const { body } = built(webhook('pushover'), `${token}:${user}`, { severity });
    expect(new URLSearchParams(body).get('priority')).toBe(priority);
  });

  test('has no message without a text', () => {
    const { body } = built(webhook('pushover'), `${token}:${user}`, { body: '' });
    expect(new URLSearchParams(body).get('message')).toBe(message.title);
  });
});

describe('ntfy', () => {
  test('is published to as JSON, so that a title may hold any character', () => {
    const { url, headers, body } = built(webhook('ntfy', 'https://ntfy.example/desk_1'), null);
    expect(url).toBe('https://ntfy.example/');
    expect(headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({
      ...{ topic: 'desk_1', title: message.title, message: message.body },
      ...{ priority: 5, tags: ['rotating_light'] },
    });
  });

  test('takes an access token', () => {
    const { url, headers } = built(webhook('ntfy', 'https://ntfy.example:8443/desk/'), 'tk_123');
    expect(url).toBe('https://ntfy.example:8443/');
    expect(headers.authorization).toBe('Bearer tk_123');
  });
});

test('a plain webhook is told all there is', () => {
  const settings = webhook('plain', 'https://hooks.example/in?key=1');
  const { url, headers, body } = built(settings, 'secret', { password: 'of another field' });
  expect(url).toBe('https://hooks.example/in?key=1');
  expect(headers).toEqual({
    'content-type': 'application/json',
    authorization: 'Bearer secret',
  });
  expect(JSON.parse(body)).toEqual(message);
});

test('a text that is too long for the services is cut between characters', () => {
  const { body } = built(webhook('plain', 'https://hooks.example/'), '', {
    ...{ title: '▲'.repeat(1000), body: '😀'.repeat(5000) },
  });
  const { title, body: text } = JSON.parse(body);
  expect(title).toBe(`${'▲'.repeat(249)}…`);
  expect(text).toBe(`${'😀'.repeat(999)}…`);
});

describe('what is wrong is said by its field', () => {
  test('nothing while it is off, and nothing is sent', () => {
    expect(checkWebhook(webhook('off', 'no URL'), 'no token')).toEqual([]);
    expect(webhookRequest({ settings: webhook('off'), secret: null, message })).toEqual({
      ok: false,
      problem: 'No webhook is set up: choose a service first.',
    });
  });

  test.each([
    ['', 'no URL'],
    ['hooks.example', 'no URL'],
    ['http://hooks.example/', 'not begin with https'],
    ['ftp://127.0.0.1/', 'not begin with https'],
    ['http://127.0.0.1.example/', 'not begin with https'],
    ['http://10.0.0.1/', 'not begin with https'],
    ['javascript:alert(1)', 'not begin with https'],
    ['https://ann@hooks.example/', 'user name or a password'],
    ['https://ann:open-sesame@hooks.example/', 'user name or a password'],
  ])('the address %j', (url, why) => {
    const problems = checkWebhook(webhook('plain', url), null);
    expect(problems).toEqual([{ field: 'url', message: expect.stringContaining(why) }]);
    expect(problems[0]?.message).not.toContain('sesame');
    const made = webhookRequest({ settings: webhook('plain', url), secret: null, message });
    expect(made).toEqual({ ok: false, problem: problems[0]?.message });
  });

  test.each([
    'https://hooks.example',
    'http://localhost:8080/a',
    'http://127.8.0.1/',
    'http://[::1]/',
  ])('the address %j will do', (url) =>
    expect(checkWebhook(webhook('plain', url), null)).toEqual([]),
  );

  test.each(['https://ntfy.example', 'https://ntfy.example/a/b', 'https://ntfy.example/a b'])(
    'the address %j names no topic',
    (url) => {
      expect(checkWebhook(webhook('ntfy', url), '')).toEqual([
        { field: 'url', message: expect.stringContaining('names no topic') },
      ]);
    },
  );

  test.each([null, '', token, `${token}:`, `${token}:${user}x`, `${user}:${token}\r\nx: y`])(
    'Pushover cannot use the secret %j',
    (secret) => {
      const problems = checkWebhook(webhook('pushover'), secret);
      expect(problems).toEqual([
        { field: 'secret', message: expect.stringContaining('TOKEN:USER') },
      ]);
      if (secret) expect(problems[0]?.message).not.toContain(secret);
    },
  );

  test.each(['a b', 'a\r\nx: y', 'schlüssel'])('no header carries the secret %j', (secret) => {
    for (const preset of ['ntfy', 'plain'] as const) {
      expect(checkWebhook(webhook(preset, 'https://ntfy.example/desk'), secret)).toEqual([
        { field: 'secret', message: expect.stringContaining('no header can carry') },
      ]);
    }
  });
});
