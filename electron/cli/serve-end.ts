import { constants as osConstants } from 'node:os';

// One wish may arrive twice: from the terminal, and from a program in between that passes it on.
const repeatMs = 2000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for the first signal to end. */
export interface EndOfService {
  readonly happened: Promise<void>;
  forget(): void;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP: the first asks for an end in order, one that comes two seconds
 * later or more ends at once, with the code that shells use.
 */
export function endOfService(): EndOfService {
  let endedAtMs: number | null = null;
  let resolve: () => void = () => undefined;
  const happened = new Promise<void>((settle) => {
    resolve = settle;
  });
  const end = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    if (endedAtMs !== null && nowMs - endedAtMs > repeatMs) {
      process.exit(128 + osConstants.signals[signal]);
    }
    endedAtMs ??= nowMs;
    resolve();
  };
  for (const signal of signals) process.on(signal, end);
  return {
    happened,
    forget: () => {
      for (const signal of signals) process.off(signal, end);
    },
  };
}
