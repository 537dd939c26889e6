import { serialize } from 'node:v8';
import type { WebContents } from 'electron';
import type * as z from 'zod/mini';
import { contract, contractEntries, type Handlers, type Pushes } from '../shared/contract.ts';
import type { CallError, Result } from '../shared/result.ts';
import { isAppAddress } from './desktop/app-address.ts';
import { NotAvailableError } from './monitor/not-available.ts';

/** The windows that may call, and those that are told. */
export interface IpcWindows {
  /** Whether these are the contents of a window of ours. */
  owns(contents: object): boolean;
  /** Contents that a person can see; a hidden window costs nothing. */
  visible(): readonly Pick<WebContents, 'send'>[];
}

/** What is looked at of the event that comes with a call. */
interface CallEvent {
  readonly sender: { isDestroyed(): boolean; readonly mainFrame: object };
  /** Null once the frame is gone; newer Electron also tells of one on its way out. */
  readonly senderFrame: { readonly url: string; readonly detached?: boolean } | null;
}

/** Electron's `ipcMain`, as far as it is used. */
interface CallHost {
  handle(channel: string, listener: (event: CallEvent, ...payloads: unknown[]) => unknown): void;
}

/** Takes what a person must not read: the exception behind an `internal` error. */
export type IpcLog = (message: string, error: unknown) => void;

/** What the handler table needs from outside. */
export interface CallNeeds {
  readonly ipcMain: CallHost;
  readonly windows: Pick<IpcWindows, 'owns'>;
  readonly handlers: Handlers;
  readonly log: IpcLog;
}

interface Served {
  readonly channel: string;
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
  readonly handle: (payload: unknown) => unknown;
}

const largestPayloadBytes = 64 * 1024;

const failed = (code: CallError['code'], message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});

const forbidden = failed('forbidden', 'Only a window of Plumbline may ask this.');
const badRequest = failed('bad-request', 'The request was not understood. Nothing was done.');
const internal = failed(
  'internal',
  'Something went wrong inside Plumbline. Its log has the cause.',
);

/** Answers every call of the contract. Names come from the contract alone, never from a message. */
export function serveCalls(needs: CallNeeds): void {
  for (const served of callsOf(needs.handlers)) {
    needs.ipcMain.handle(served.channel, (event, ...payloads) =>
      // Before anything is awaited: a moment later the frame may be gone, or show another page.
      isTrusted(event, needs) ? answer(served, payloads, needs.log) : forbidden,
    );
  }
}

/** The sender of pushes; a window that cannot be seen is left out. */
export function createPushes(windows: Pick<IpcWindows, 'visible'>, log: IpcLog): Pushes {
  const pushes: Record<string, Record<string, (value: unknown) => void>> = {};
  for (const { group, name, kind, channel } of contractEntries) {
    pushes[group] ??= {};
    if (kind !== 'push') continue;
    pushes[group][name] = (value) => {
      try {
        for (const contents of windows.visible()) contents.send(channel, value);
      } catch (error) {
        log(`The push ${channel} could not be sent.`, error);
      }
    };
  }
  return pushes as Pushes;
}

function callsOf(handlers: Handlers): Served[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries).flatMap(([name, entry]) => {
      if (entry.kind !== 'call') return [];
      const own: object = Reflect.get(handlers, group);
      const handler: unknown = Reflect.get(own, name);
      if (typeof handler !== 'function') throw new Error(`No handler for ${group}.${name}.`);
      const handle = (payload: unknown): unknown => Reflect.apply(handler, own, [payload]);
      return [{ channel: `${group}.${name}`, input: entry.input, output: entry.output, handle }];
    }),
  );
}

function isTrusted(event: CallEvent, { windows, log }: CallNeeds): boolean {
  try {
    const frame = event.senderFrame;
    return (
      frame !== null &&
      !event.sender.isDestroyed() &&
      windows.owns(event.sender) &&
      frame === event.sender.mainFrame &&
      frame.detached !== true &&
      isAppAddress(frame.url)
    );
  } catch (error) {
    log('A call came from a frame that is gone.', error);
    return false;
  }
}

async function answer(
  served: Served,
  payloads: readonly unknown[],
  log: IpcLog,
): Promise<Result<unknown>> {
  try {
    if (payloads.length > 1 || sizeOf(payloads[0]) > largestPayloadBytes) return badRequest;
    const input = served.input.safeParse(payloads[0]);
    if (!input.success) return badRequest;
    // The output is parsed too: what the contract does not name stays in this process.
    return { ok: true, value: served.output.parse(await served.handle(input.data)) };
  } catch (error) {
    // What the caller is to read; any other exception is told to the log alone.
    if (error instanceof NotAvailableError) return failed(error.code, error.message);
    log(`The call ${served.channel} failed.`, error);
    return internal;
  }
}

/** Size of a payload that came through the structured clone, so it can be written again. */
const sizeOf = (payload: unknown): number => serialize(payload).byteLength;
