import type { CommandIo } from './command-io.ts';

const firstMs = 1000;
const everyMs = 500;
const eraseLine = '\r\u001b[K';

/** Says on a terminal what takes longer than a second, and for how long it has; nothing stays of it. */
export async function withProgress<T>(
  what: string | (() => string),
  { isErrorTerminal = false, stderr }: Pick<CommandIo, 'isErrorTerminal' | 'stderr'>,
  work: () => Promise<T>,
): Promise<T> {
  if (!isErrorTerminal) return work();
  const startMs = performance.now();
  let isShown = false;
  const ticking = setInterval(() => {
    const ms = performance.now() - startMs;
    if (ms < firstMs) return;
    isShown = true;
    const words = typeof what === 'string' ? what : what();
    stderr(`${eraseLine}${words}\u2026 ${Math.floor(ms / 1000)} s`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(ticking);
    if (isShown) stderr(eraseLine);
  }
}
