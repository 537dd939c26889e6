import { expect, test } from 'vitest';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { someAlerts } from '../../shared/alerts/test-fixtures.ts';
import type { Result } from '../../shared/result.ts';
import { type AlertsClient, AlertsStore } from './alerts-store.ts';

const error = { code: 'internal', message: 'No answer.' } as const;

/** A main process whose answer comes when the test says so. */
function manualMain() {
  const calls: string[] = [];
  const main = {
    calls,
    answer: (_result: Result<AlertsState>): void => undefined,
    push: (_state: AlertsState): void => undefined,
  };
  const asked = {
    state: () => {
      calls.push('state');
      return new Promise<Result<AlertsState>>((resolve) => {
        main.answer = resolve;
      });
    },
    changed: (listener: (state: AlertsState) => void) => {
      calls.push('subscribe');
      main.push = listener;
      return () => calls.push('undo');
    },
  };
  const refuse = (): never => {
    throw new Error('not asked in this test');
  };
  // Whatever else is called would be a mistake of the store.
  const client = new Proxy(asked, {
    get: (known, name) => Reflect.get(known, name) ?? refuse,
  }) as unknown as AlertsClient;
  const store = new AlertsStore(client);
  return { main, store, undo: store.start() };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('subscribes before it asks, so that no alert falls between', () => {
  const { main, store, undo } = manualMain();
  expect(main.calls).toEqual(['subscribe', 'state']);
  expect(store.view()).toEqual({ state: null, callError: null });
  undo();
  expect(main.calls).toContain('undo');
});

test('an answer that a push has overtaken is dropped', async () => {
  const { main, store } = manualMain();
  main.push(someAlerts({ unacked: 2 }));
  main.answer({ ok: true, value: someAlerts({ unacked: 1 }) });
  await settled();
  expect(store.view().state?.unacked).toBe(2);
});

test('a failed call is told, keeps what is known, and the next success takes it back', async () => {
  const { main, store } = manualMain();
  main.push(someAlerts({ unacked: 2 }));
  await store.act(async () => ({ ok: false, error }));
  expect(store.view()).toEqual({ state: someAlerts({ unacked: 2 }), callError: error });
  await store.act(async () => ({ ok: true, value: null }));
  expect(store.view().callError).toBeNull();
});

test('a call that breaks on its way is a failed call', async () => {
  const { store } = manualMain();
  const result = await store.act(() => Promise.reject(new Error('gone')));
  expect(result.ok).toBe(false);
  expect(store.view().callError?.message).toBe('The monitoring process did not answer.');
  store.forgetError();
  expect(store.view().callError).toBeNull();
});

test('who listens is told of each change until it stops', () => {
  const { main, store } = manualMain();
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  main.push(someAlerts());
  stop();
  main.push(someAlerts());
  expect(told).toBe(1);
});
