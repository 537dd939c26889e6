/**
 * One write at a time. Of the values that are handed over while one is on its way only the newest is
 * written, and all who wait hear of its end; a failure is theirs, and the next write has its turn.
 */
export function newestWrite<T>(write: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting: { value: T; readonly written: Promise<void> } | null = null;
  return (value) => {
    if (waiting !== null) {
      waiting.value = value;
      return waiting.written;
    }
    const begin = (): Promise<void> => {
      const newest = next.value;
      waiting = null;
      return write(newest);
    };
    const next = { value, written: last.then(begin, begin) };
    waiting = next;
    last = next.written;
    return next.written;
  };
}
