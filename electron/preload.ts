import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { ContractEntry } from '../shared/contract.ts';
import type { Result } from '../shared/result.ts';

// Put in at build time: names alone, so that the schemas stay out of this script.
declare const __CONTRACT_ENTRIES__: readonly ContractEntry[];

/** One entry of the client: a call or a subscription. */
type Member = (argument?: unknown) => unknown;

const unreachable = (): Result<never> => ({
  ok: false,
  error: { code: 'internal', message: 'The main process did not answer.' },
});

const call =
  (channel: string): Member =>
  (payload) =>
    // A payload that cannot be copied, or a main process that is gone: a call never rejects.
    ipcRenderer.invoke(channel, payload).catch(unreachable);

const subscription =
  (channel: string): Member =>
  (listener) => {
    if (typeof listener !== 'function') throw new TypeError('A listener is a function.');
    // The event object would hand the renderer a way to send on any channel.
    const forward = (_event: IpcRendererEvent, value: unknown): void => {
      listener(value);
    };
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  };

const client: Record<string, Record<string, Member>> = {};
for (const { group, name, kind, channel } of __CONTRACT_ENTRIES__) {
  client[group] ??= {};
  client[group][name] = kind === 'call' ? call(channel) : subscription(channel);
}
for (const group of Object.values(client)) Object.freeze(group);

contextBridge.exposeInMainWorld('plumbline', Object.freeze(client));
