import { type ChildProcess, fork } from 'node:child_process';
import { signal } from '../postmaster.ts';
import { type EngineProcess, parseReport } from './engine-protocol.ts';

/** The part of Electron's UtilityProcess that is used; declared here to keep Electron out. */
export interface UtilityProcessLike {
  readonly pid?: number | undefined;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
}

/** Starts the engine's entry with Node's fork, for the command line and for tests. */
export function forkWithNode(entry: string): EngineProcess {
  const child = fork(entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  return fromChildProcess(child);
}

/** A process of `child_process.fork` as the demo sees it. */
export function fromChildProcess(child: ChildProcess): EngineProcess {
  return {
    // A command to a process that has just ended is lost; its exit tells the demo.
    send: (command) => void (child.connected && child.send(command)),
    onReport: (listener) => {
      child.on('message', (message) => {
        const report = parseReport(message);
        if (report) listener(report);
      });
    },
    onExit: (listener) => onExitOrError(child, listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** A process of Electron's `utilityProcess.fork` as the demo sees it. */
export function fromUtilityProcess(child: UtilityProcessLike): EngineProcess {
  return {
    send: (command) => child.postMessage(command),
    onReport: (listener) => {
      child.on('message', (message) => {
        const report = parseReport(message);
        if (report) listener(report);
      });
    },
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      if (child.pid !== undefined) signal(child.pid, 'SIGKILL');
    },
  };
}

/** A process that could not be started reports an error and never an exit. */
function onExitOrError(child: ChildProcess, listener: (code: number | null) => void): void {
  let isTold = false;
  const tell = (code: number | null): void => {
    if (isTold) return;
    isTold = true;
    listener(code);
  };
  child.once('exit', tell);
  child.once('error', () => tell(null));
}
