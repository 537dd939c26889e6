import { expect, test } from 'vitest';
import { newInstance } from '../../shared/alerts/instance.ts';
import { meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { someEpisode, someRule } from '../../shared/alerts/test-fixtures.ts';
import type { Toast } from '../../shared/alerts/toast.ts';
import { instantOfMs } from '../../shared/instant.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { fakeClock } from '../monitor/test-doubles.ts';
import { Book } from './book.ts';
import { Delivery } from './delivery.ts';
import { noRules, noState } from './stored-alerts.ts';
import type { WebhookOutcome } from './webhook.ts';
import type { WebhookMessage } from './webhook-presets.ts';

interface Circumstances {
  readonly rule?: Rule;
  readonly label?: MonitorState['profile']['label'];
  readonly outcome?: WebhookOutcome;
  /** Whether the desktop takes notifications. */
  works?: boolean;
  /** There is no desktop. */
  readonly isAbsent?: boolean;
}

/** A rule that fires now, and what is told of it. */
function deskWith(circumstances: Circumstances = {}) {
  const { rule = someRule(), label = 'LEDGER', outcome = { kind: 'sent' } } = circumstances;
  const time = fakeClock();
  const at = instantOfMs(time.clock.wallMs());
  const episode = someEpisode({
    ...{ ruleId: rule.id, severity: rule.severity, isTold: false },
    start: { at, value: '-62' },
  });
  const instance = newInstance(rule.id, null, meaningOf(rule));
  const book = new Book({
    ...noState,
    instances: [{ ...instance, state: { kind: 'firing', episode } }],
  });
  const toasts: Toast[] = [];
  const messages: WebhookMessage[] = [];
  let changes = 0;
  const delivery = new Delivery({
    ...{
      book,
      clock: time.clock,
      rule: () => rule,
      isReady: () => true,
      changed: () => {
        changes += 1;
      },
    },
    delivery: () => ({
      ...noRules.delivery,
      webhook: { preset: 'plain', url: 'https://desk.example/hook', from: 'info' },
    }),
    notifier: {
      show: async (toast) => {
        toasts.push(toast);
        return circumstances.works === false ? 'failed' : 'shown';
      },
      close: () => undefined,
      isAbsent: circumstances.isAbsent ?? false,
    },
    webhook: async (message) => {
      messages.push(message);
      return outcome;
    },
    settings: () => defaultSettings,
    monitor: () => watchingState({ profile: { name: 'desk', label, host: 'here' } }),
    save: async () => undefined,
    log: (sentence, error) => {
      throw error ?? new Error(sentence);
    },
  });
  const pass = async (minutes: number): Promise<void> => {
    for (let second = 0; second < minutes * 60; second += 10) {
      await time.tick(10_000);
      delivery.tick();
      await time.settle();
    }
  };
  delivery.take([{ kind: 'fired', episode }], false);
  return { book, delivery, episode, toasts, messages, pass, changes: () => changes };
}

const critical = someRule({ severity: 'critical' });

test('a critical alert is reminded of each ten minutes, also while the webhook is down', async () => {
  const outcome = { kind: 'later', afterMs: 0, reason: 'down' } as const;
  const { toasts, pass } = deskWith({ rule: critical, outcome });
  await pass(35);
  expect(toasts).toHaveLength(4);
});

test('a desktop that takes nothing is asked a few times, and then as often as a reminder is due', async () => {
  const { toasts, pass } = deskWith({ rule: critical, works: false });
  await pass(35);
  expect(toasts.length).toBeGreaterThan(5);
  expect(toasts.length).toBeLessThan(40);
});

test('what failed is shown again when the desktop works, marked as a repeat', async () => {
  const circumstances: Circumstances = { works: false };
  const { toasts, book, episode, pass } = deskWith(circumstances);
  await pass(1);
  circumstances.works = true;
  await pass(3);
  expect(toasts.at(-1)?.title).toMatch(/\(repeat\)$/);
  expect(book.episode(episode.id)?.isTold).toBe(true);
});

test('without a desktop nothing is shown, tried or counted as told, and the webhook tells it', async () => {
  const { toasts, messages, book, episode, pass } = deskWith({ isAbsent: true });
  await pass(30);
  expect(toasts).toEqual([]);
  expect(book.outbox()).toEqual([]);
  expect(messages).toHaveLength(1);
  const how = book.episode(episode.id)?.deliveries.map((delivery) => delivery.how);
  expect(how).toEqual(['permission-denied', 'webhook']);
  const alone = deskWith({ isAbsent: true, label: 'DEMO' });
  await alone.pass(30);
  expect(alone.book.episode(alone.episode.id)?.isTold).toBe(false);
});

test('nothing of the demo goes to the webhook', async () => {
  const { messages, toasts, pass } = deskWith({ label: 'DEMO' });
  await pass(2);
  expect(messages).toEqual([]);
  expect(toasts[0]?.title).toMatch(/^DEMO · /);
});

test('what was acknowledged while it waited is not told', async () => {
  const { book, episode, toasts, pass } = deskWith();
  const acked = { at: episode.start.at, by: 'here', note: '' };
  book.change(episode.id, (one) => ({ ...one, acked }));
  await pass(1);
  expect(toasts).toEqual([]);
  expect(book.episode(episode.id)?.deliveries.map(({ how }) => how)).toContain('acked');
});

test('who shows alerts hears that one was told', async () => {
  const { book, episode, pass, changes } = deskWith();
  await pass(1);
  expect(book.episode(episode.id)?.deliveries.map(({ how }) => how)).toEqual(['webhook', 'toast']);
  expect(changes()).toBe(2);
});

test('what began in a snooze and lasts is told when that is over', async () => {
  const { book, delivery, episode, toasts, pass } = deskWith();
  book.settle(
    book.outbox().map(({ id }) => id),
    () => null,
  );
  const ofSnooze = { ...episode, id: 'in a snooze' };
  const [instance] = book.instances();
  if (instance === undefined) throw new Error('There is one');
  book.put({ ...instance, state: { kind: 'firing', episode: ofSnooze } });
  book.remember({ snoozedUntil: '9999-01-01T00:00:00.000000Z' });
  delivery.take([{ kind: 'fired', episode: ofSnooze }], false);
  await pass(2);
  expect(toasts).toEqual([]);
  book.remember({ snoozedUntil: null });
  await pass(1);
  expect(toasts.map(({ title }) => title)).toEqual([expect.stringMatching(/^Still: Day P&L/)]);
});
