import type { CommandIo } from './command-io.ts';

const firstMs = 1000;
const everyMs = 500;
const eraseLine = '\r\u001b[K';

/** Lets lines pass on the terminal that standard error is: whatever else is written erases such a line first. */
export function withPassingLines(io: CommandIo): CommandIo {
  let isShown = false;
  const erase = (): void => {
    if (isShown) io.stderr(eraseLine);
    isShown = false;
  };
  return {
    ...io,
    stdout: (text) => {
      erase();
      io.stdout(text);
    },
    stderr: (text) => {
      erase();
      io.stderr(text);
    },
    passing: (line) => {
      if (line === null) return erase();
      isShown = true;
      io.stderr(`${eraseLine}${line}`);
    },
  };
}

/** Says on a terminal what takes longer than a second, and for how long it has; nothing stays of it. */
export async function withProgress<T>(
  what: string | (() => string),
  { passing }: Pick<CommandIo, 'passing'>,
  work: () => Promise<T>,
): Promise<T> {
  if (passing === undefined) return work();
  const startMs = performance.now();
  const ticking = setInterval(() => {
    const ms = performance.now() - startMs;
    if (ms < firstMs) return;
    const words = typeof what === 'string' ? what : what();
    passing(`${words}\u2026 ${Math.floor(ms / 1000)} s`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(ticking);
    passing(null);
  }
}
