import { beforeEach, describe, expect, test } from 'vitest';
import { someAlerts } from '../shared/alerts/test-fixtures.ts';
import type { Handlers } from '../shared/contract.ts';
import { defaultSettings } from '../shared/settings.ts';
import { noCost, watchingState } from '../shared/test-fixtures.ts';
import { createPushes, serveCalls } from './ipc.ts';
import { NotAvailableError } from './monitor/not-available.ts';

const state = watchingState();

type Needs = Parameters<typeof serveCalls>[0];
type Listener = Parameters<Needs['ipcMain']['handle']>[1];
type CallEvent = Parameters<Listener>[0];

interface FakeSender {
  url?: string;
  isMainFrame?: boolean;
  isOwn?: boolean;
  isDetached?: boolean;
  isDestroyed?: boolean;
  frame?: 'there' | 'gone' | 'throws';
}

/** What Electron passes, as far as the check of the sender looks. */
function eventFrom({ frame = 'there', ...sender }: FakeSender): CallEvent {
  const { url = 'app://plumbline/index.html', isMainFrame = true, isDetached = false } = sender;
  const senderFrame = { url, detached: isDetached };
  const contents = {
    isDestroyed: () => sender.isDestroyed ?? false,
    isOwn: sender.isOwn ?? true,
    mainFrame: isMainFrame ? senderFrame : {},
  };
  return {
    sender: contents,
    get senderFrame() {
      if (frame === 'throws') throw new Error('Render frame was disposed');
      return frame === 'there' ? senderFrame : null;
    },
  };
}

let listeners: Map<string, Listener>;
let logged: string[];
let paused: boolean[];
let changed: unknown[];

const settings = { settings: defaultSettings, warnings: [], path: '/home/settings.json' };

const handlers: Handlers = {
  monitor: {
    state: () => state,
    snapshot: () => null,
    refresh: async () => state,
    setPaused: (value) => {
      paused.push(value);
      return state;
    },
    trades: () => ({ asOf: '2026-11-23T14:03:20.000000Z', trades: [], nextCursor: null }),
    cost: () => noCost,
    audit: () => state,
    oddRows: async () => ({ asOf: '2026-11-23T14:03:20.000000Z', total: 0, rows: [] }),
  },
  alerts: {
    state: () => someAlerts(),
    saveRule: () => [],
    deleteRule: () => someAlerts(),
    addPresets: () => someAlerts(),
    preview: () => ({ problems: [], instances: [], earliestMs: 0, recovery: null }),
    whatIf: () => ({
      ...{ from: '2026-11-23T00:00:00.000000Z', days: 90, evaluated: 0, fired: 0, longestMs: 0 },
      ...{ episodes: [], reason: null },
    }),
    ack: () => someAlerts(),
    snooze: () => someAlerts(),
    test: () => ({ wasShown: true, message: '' }),
    history: () => ({ episodes: [], total: 0, open: 0, all: 0 }),
    setDelivery: () => [],
    exportRules: () => '',
    importRules: () => ({ problems: [], added: [], changed: [], unchanged: 0 }),
    dailyCloseText: () => '',
  },
  settings: {
    state: () => settings,
    setAppearance: async (changes) => {
      changed.push(changes);
      return settings;
    },
  },
  feed: { state: () => ({ kind: 'off' }) },
  desktop: { openMain: () => undefined, toggleMini: () => undefined },
};

function serve(monitor: Partial<Handlers['monitor']> = {}): void {
  listeners = new Map();
  serveCalls({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    windows: { owns: (contents) => Reflect.get(contents, 'isOwn') === true },
    handlers: { ...handlers, monitor: { ...handlers.monitor, ...monitor } },
    log: (message, error) => logged.push(`${message} ${String(error)}`),
  });
}

const call = async (channel: string, sender: FakeSender, ...payload: unknown[]): Promise<unknown> =>
  listeners.get(channel)?.(eventFrom(sender), ...payload);

const codeOf = async (answer: Promise<unknown>): Promise<unknown> => {
  const { ok, error } = Object(await answer);
  return ok === true ? 'ok' : error.code;
};

beforeEach(() => {
  logged = [];
  paused = [];
  changed = [];
  serve();
});

describe('a call', () => {
  test('is answered with what its handler returns', async () => {
    expect(await call('monitor.state', {})).toEqual({ ok: true, value: state });
    expect(await call('monitor.snapshot', {}, undefined)).toEqual({ ok: true, value: null });
    expect(await call('monitor.setPaused', {}, true)).toEqual({ ok: true, value: state });
    expect(paused).toEqual([true]);
  });

  test.each<[string, FakeSender]>([
    ['a window that is not ours', { isOwn: false }],
    ['a frame inside the page', { isMainFrame: false }],
    ['a page from elsewhere', { url: 'https://plumbline/index.html' }],
    ['another host of the scheme', { url: 'app://plumbline.example/index.html' }],
    ['an address that only looks like ours', { url: 'app://plumbline@evil/index.html' }],
    ['no page at all', { url: 'about:blank' }],
    ['an empty address', { url: '' }],
    ['a frame on its way out', { isDetached: true }],
    ['a frame that is gone', { frame: 'gone' }],
    ['a frame that was disposed', { frame: 'throws' }],
    ['a window that was closed', { isDestroyed: true }],
  ])('from %s is refused before its handler runs', async (_who, sender) => {
    expect(await codeOf(call('monitor.setPaused', sender, true))).toBe('forbidden');
    expect(paused).toEqual([]);
  });

  test.each([
    ['a text', ['true']],
    ['nothing', []],
    ['null', [null]],
    ['an object', [{ valueOf: () => true }]],
    ['two values', [true, false]],
    ['a large text', ['x'.repeat(100_000)]],
    ['a function', [() => true]],
  ])('with %s for a boolean is refused', async (_what, payload) => {
    expect(await codeOf(call('monitor.setPaused', {}, ...payload))).not.toBe('ok');
    expect(paused).toEqual([]);
  });

  test('whose handler throws tells nothing of the exception', async () => {
    serve({
      refresh: () => Promise.reject(new Error('password authentication failed for user "x"')),
    });
    const answer = await call('monitor.refresh', {});
    expect(await codeOf(Promise.resolve(answer))).toBe('internal');
    expect(JSON.stringify(answer)).not.toContain('password');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('monitor.refresh');
  });

  test.each([
    ['other', 'Watching is paused.'],
    ['table-locked', 'The table is locked.'],
  ] as const)('that cannot be answered now says why: %s', async (code, message) => {
    serve({ oddRows: () => Promise.reject(new NotAvailableError(message, code)) });
    expect(await call('monitor.oddRows', {}, 'unscored')).toEqual({
      ok: false,
      error: { code, message },
    });
    expect(logged).toEqual([]);
  });

  test('changes the appearance alone, and that to known values only', async () => {
    expect(await call('settings.setAppearance', {}, { theme: 'dark', bankroll: '1' })).toEqual({
      ok: true,
      value: settings,
    });
    expect(changed).toEqual([{ theme: 'dark' }]);
    expect(await codeOf(call('settings.setAppearance', {}, { theme: 'pink' }))).toBe('bad-request');
    expect(await codeOf(call('monitor.oddRows', {}, 'constructor'))).toBe('bad-request');
    expect(changed).toHaveLength(1);
  });

  test('leaves behind what the contract does not name', async () => {
    serve({ state: () => Object.assign({ password: 'secret' }, state) });
    expect(JSON.stringify(await call('monitor.state', {}))).not.toContain('secret');
  });
});

test('a push goes to every visible window, and a window that breaks is no harm', () => {
  const sent: unknown[][] = [];
  const window = { send: (...message: unknown[]) => void sent.push(message) };
  const log = (message: string): void => void logged.push(message);
  createPushes({ visible: () => [window, window] }, log).monitor.changed(state);
  expect(sent).toEqual([
    ['monitor.changed', state],
    ['monitor.changed', state],
  ]);
  const broken = {
    send: () => {
      throw new Error('disposed');
    },
  };
  createPushes({ visible: () => [broken] }, log).monitor.changed(state);
  expect(logged).toEqual(['The push monitor.changed could not be sent.']);
});
