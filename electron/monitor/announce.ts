import type { MonitorState } from '../../shared/monitor-state.ts';

/** What announcing needs of the monitor. */
interface Announced {
  onChange(listener: (state: MonitorState) => void): () => void;
}

/** Writes one line when the first figures are there: scripts wait for it. */
export function announceFirstFigures(monitor: Announced, write: (line: string) => void): void {
  const stop = monitor.onChange(({ status, profile }) => {
    if (status.kind !== 'watching') return;
    stop();
    write(`Watching ${profile.label} at ${profile.host}`);
  });
}
