import { type EngineCommand, type EngineReport, parseCommand } from './engine-protocol.ts';

/** The channel to whoever started this process. */
export interface ParentLink {
  report(report: EngineReport): void;
  onCommand(listener: (command: EngineCommand) => void): void;
  /** The parent has ended, or has closed the channel. */
  onGone(listener: () => void): void;
}

/** Electron's port of a utility process; declared here to keep Electron out. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

const parentCheckMs = 1_000;

/** Finds the channel, be it Electron's or Node's. */
export function findParentLink(): ParentLink {
  const port: unknown = Reflect.get(process, 'parentPort');
  return isParentPort(port) ? overPort(port) : overIpc();
}

function overPort(port: ParentPort): ParentLink {
  return {
    report: (report) => port.postMessage(report),
    onCommand: (listener) => port.on('message', (event) => tell(listener, event.data)),
    onGone: (listener) => {
      port.on('close', listener);
      watchParent(listener);
    },
  };
}

function overIpc(): ParentLink {
  return {
    report: (report) => void (process.connected && process.send?.(report)),
    onCommand: (listener) => process.on('message', (message) => tell(listener, message)),
    onGone: (listener) => {
      process.once('disconnect', listener);
      watchParent(listener);
    },
  };
}

function tell(listener: (command: EngineCommand) => void, message: unknown): void {
  const command = parseCommand(message);
  if (command) listener(command);
}

/** A parent that was killed may leave the channel looking open; its number then changes. */
function watchParent(listener: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) listener();
  }, parentCheckMs).unref();
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
