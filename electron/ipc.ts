import { serialize } from 'node:v8';
import type { WebContents } from 'electron';
import { contractEntries, type Handlers, type Pushes } from '../shared/contract.ts';
import type { Result } from '../shared/result.ts';
import {
  badRequest,
  type CallLog,
  type ContractCall,
  contractCalls,
  failed,
} from './contract-calls.ts';
import { isAppAddress } from './desktop/app-address.ts';

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

/** What the handler table needs from outside. */
export interface CallNeeds {
  readonly ipcMain: CallHost;
  readonly windows: Pick<IpcWindows, 'owns'>;
  readonly handlers: Handlers;
  readonly log: CallLog;
}

const largestPayloadBytes = 64 * 1024;

const forbidden = failed('forbidden', 'Only a window of Plumbline may ask this.');
/** Answers every call of the contract. Names come from the contract alone, never from a message. */
export function serveCalls(needs: CallNeeds): void {
  for (const call of contractCalls(needs.handlers, needs.log)) {
    needs.ipcMain.handle(call.channel, (event, ...payloads) =>
      // Before anything is awaited: a moment later the frame may be gone, or show another page.
      isTrusted(event, needs) ? answer(call, payloads) : forbidden,
    );
  }
}

/** The sender of pushes; a window that cannot be seen is left out. */
export function createPushes(windows: Pick<IpcWindows, 'visible'>, log: CallLog): Pushes {
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

async function answer(call: ContractCall, payloads: readonly unknown[]): Promise<Result<unknown>> {
  if (payloads.length > 1 || !isSmall(payloads[0])) return badRequest;
  return call.answer(payloads[0]);
}

/** What came through the structured clone can be written again; anything else is no payload. */
function isSmall(payload: unknown): boolean {
  try {
    return serialize(payload).byteLength <= largestPayloadBytes;
  } catch {
    return false;
  }
}
