import type { MonitorState } from '../../shared/monitor-state.ts';

/** What announcing needs of the monitor. */
interface Announced {
  onChange(listener: (state: MonitorState) => void): () => void;
}

/** Where the lines go. */
interface Lines {
  out(line: string): void;
  err(line: string): void;
}

/**
 * Writes one line when the first figures are there: scripts wait for it. Until then each cause of
 * failure is told once, for whoever has no window to look at.
 */
export function announce(monitor: Announced, { out, err }: Lines): void {
  let told = '';
  const stop = monitor.onChange(({ status, profile }) => {
    if (status.kind === 'watching') {
      stop();
      out(`Watching ${profile.label} at ${profile.host}`);
    } else if (status.kind === 'failing' && status.failure.cause !== told) {
      told = status.failure.cause;
      err(`Not watching yet. ${told} ${status.failure.remedy}`.trimEnd());
    }
  });
}
