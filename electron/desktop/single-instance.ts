import type { App } from 'electron';

/**
 * Whether this is the only Plumbline on its home; the lock lies in userData, which must be set before.
 * A later launch, or a click on the dock's icon, calls `onSecondLaunch` in this one.
 */
export function becomeOnlyInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecondLaunch: () => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondLaunch);
  app.on('activate', onSecondLaunch);
  return true;
}
