const cancelGraceMs = 1000;

/** The deadline passed and not even a cancel made the server answer. */
class UnansweredError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** Whether an error means that the server no longer answers on this connection. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof UnansweredError ||
  (error instanceof Error &&
    (/^Query read timeout/.test(error.message) || isUnanswered(error.cause)));

/** Settles as `work` does; at the deadline it is cancelled, and given up when even that is unheard. */
export async function within<T>(
  deadlineMs: number,
  work: Promise<T>,
  cancel: () => void,
): Promise<{ readonly value: T; readonly cancelled: boolean }> {
  let cancelled = false;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      timer = setTimeout(() => reject(new UnansweredError('No answer to a cancel')), cancelGraceMs);
      cancelled = true;
      cancel();
    }, deadlineMs);
  });
  try {
    return { value: await Promise.race([work, deadline]), cancelled };
  } finally {
    clearTimeout(timer);
  }
}
