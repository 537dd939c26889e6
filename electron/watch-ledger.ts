import { makeOtherFigures } from '../shared/settings.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { OpenedLedger } from './ledger-source.ts';
import type { Monitor } from './monitor/monitor.ts';
import { namedBySettings } from './settings/ledger-identity.ts';
import type { SettingsFile } from './settings/settings-file.ts';

/** Who decides what is read of a ledger, and who reads it. */
interface Watching {
  readonly monitor: Monitor;
  readonly settings: SettingsFile;
  readonly alerts: Alerts;
}

/** Begins to watch, by the settings and the rules of now and by every later ones. */
export function watchLedger(opened: OpenedLedger, { monitor, settings, alerts }: Watching): void {
  let used = settings.state().settings;
  let wishes = JSON.stringify(alerts.wishes());
  opened.configure(used, alerts.wishes());
  monitor.start(opened.ledger, namedBySettings(opened.profile, used));
  const configure = (): void => {
    opened.configure(used, alerts.wishes());
    // Before the new name: figures of the old relation must not look live under it.
    monitor.reread();
  };
  settings.onChange(({ settings: changed }) => {
    const isOther = makeOtherFigures(used, changed);
    used = changed;
    if (isOther) configure();
    monitor.setProfile(namedBySettings(opened.profile, changed));
  });
  alerts.onChange(() => {
    const wished = JSON.stringify(alerts.wishes());
    if (wished === wishes) return;
    wishes = wished;
    configure();
  });
}
