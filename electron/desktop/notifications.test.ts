import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Toast } from '../../shared/alerts/toast.ts';
import { createNotifier, type Notifier } from './notifications.ts';

/** Stands for Electron's, which needs a desktop; how the real one behaves is in its end-to-end test. */
class FakeNotification extends EventEmitter {
  static made: FakeNotification[] = [];
  static isThere = true;
  static answer: (made: FakeNotification) => void = () => undefined;
  readonly options: Record<string, unknown>;
  closed = 0;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeNotification.made.push(this);
  }

  static isSupported(): boolean {
    return FakeNotification.isThere;
  }

  show(): void {
    FakeNotification.answer(this);
  }

  close(): void {
    this.closed += 1;
  }
}

vi.mock('electron', () => ({
  get Notification() {
    return FakeNotification;
  },
}));

const toast: Toast = {
  ...{ id: 'fired day-1', title: 'Day P&L −$62.00', body: 'At or below −$50.00.' },
  ...{ severity: 'critical', isSticky: true, episodeId: 'day-1' },
};

let told: unknown[];
let notifier: Notifier;

const shows = (made: FakeNotification): void => void made.emit('show', {});

beforeEach(() => {
  told = [];
  FakeNotification.made = [];
  FakeNotification.isThere = true;
  FakeNotification.answer = shows;
  notifier = createNotifier({
    open: (episodeId) => told.push(['open', episodeId]),
    act: ({ episodeId, action }) => told.push([action, episodeId]),
    log: (message) => told.push(message),
  });
});

afterEach(() => vi.useRealTimers());

test('a sticky one stays until it is dismissed, another goes as the desktop likes', async () => {
  expect(await notifier.show(toast)).toBe('shown');
  expect(await notifier.show({ ...toast, isSticky: false })).toBe('shown');
  expect(FakeNotification.made.map(({ options }) => options)).toMatchObject([
    { title: toast.title, body: toast.body, urgency: 'critical', timeoutType: 'never' },
    { urgency: 'normal', timeoutType: 'default' },
  ]);
});

test('what the desktop refuses has failed, and the log says so', async () => {
  FakeNotification.answer = (made) => void made.emit('failed', {}, 'no daemon');
  expect(await notifier.show(toast)).toBe('failed');
  expect(told).toEqual(['The desktop refused a notification: no daemon']);
});

test('a platform without notifications has failed at once', async () => {
  FakeNotification.isThere = false;
  expect(notifier.isSupported()).toBe(false);
  expect(await notifier.show(toast)).toBe('failed');
  expect(FakeNotification.made).toEqual([]);
});

test('an exception is a failure, told to the log', async () => {
  FakeNotification.answer = () => {
    throw new Error('no desktop');
  };
  expect(await notifier.show(toast)).toBe('failed');
  expect(told).toEqual(['A notification could not be made.']);
});

test('without an answer it has failed after five seconds, and cannot come up later', async () => {
  vi.useFakeTimers();
  FakeNotification.answer = () => undefined;
  const outcome = notifier.show(toast);
  await vi.advanceTimersByTimeAsync(4999);
  expect(FakeNotification.made[0]?.closed).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toBe('failed');
  expect(FakeNotification.made[0]?.closed).toBe(1);
});

test('a click opens its episode', async () => {
  await notifier.show(toast);
  await notifier.show({ ...toast, episodeId: null });
  for (const made of FakeNotification.made) made.emit('click', {});
  expect(told).toEqual([
    ['open', 'day-1'],
    ['open', null],
  ]);
});

test.each([
  ['by an argument', [{}, 1], 'snooze'],
  ['by the event', [{ actionIndex: 0 }], 'ack'],
])('a button acts on its episode, told %s', async (_how, given, action) => {
  await notifier.show(toast);
  FakeNotification.made[0]?.emit('action', ...given);
  expect(told).toEqual([[action, 'day-1']]);
});

test('there are buttons only for an episode, and for who can act on it', async () => {
  await notifier.show({ ...toast, episodeId: null });
  await createNotifier({ open: () => undefined, log: () => undefined }).show(toast);
  for (const { options } of FakeNotification.made) expect(options).not.toHaveProperty('actions');
});

test('closing takes down those of the episode that are still there', async () => {
  await notifier.show(toast);
  await notifier.show({ ...toast, episodeId: 'day-2' });
  await notifier.show(toast);
  FakeNotification.made[2]?.emit('close', {});
  notifier.close('day-1');
  notifier.close('day-1');
  expect(FakeNotification.made.map(({ closed }) => closed)).toEqual([1, 0, 0]);
});
