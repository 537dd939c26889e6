/** Time and chance, given from outside so that tests can drive them. */
export interface Clock {
  /** Milliseconds on a clock that never jumps. */
  monotonicMs(): number;
  /** Milliseconds since 1970 on the clock that people set. */
  wallMs(): number;
  /** Runs `task` once after `ms`; returns its undo. */
  after(ms: number, task: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** The machine's own. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
