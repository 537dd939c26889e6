import type { PowerMonitor } from 'electron';

/** What is to happen around a sleep of the machine. */
export interface PowerNeeds {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly onSleep: () => void;
  readonly onWake: () => void;
}

/** Tells when the machine goes to sleep and when it wakes; only after the app is ready. */
export function watchPower({ powerMonitor, onSleep, onWake }: PowerNeeds): void {
  powerMonitor.on('suspend', onSleep);
  powerMonitor.on('resume', onWake);
}
