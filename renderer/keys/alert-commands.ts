import { type AlertCommand, alertCommandLabels } from '../../shared/alerts/alert-commands.ts';
import type { Command } from './commands.ts';

/** How long everything is kept from telling. */
export type SnoozeSpan = '15-minutes' | 'hour' | 'tomorrow';

/** What commands can do about alerts. */
export interface AlertActions {
  /** Of the selected alert, else of the worst that nobody has acknowledged. */
  readonly ack: () => void;
  /** The same alert's rule, for a quarter of an hour. */
  readonly snooze: () => void;
  /** Null ends it. */
  readonly snoozeAll: (span: SnoozeSpan | null) => void;
  readonly newRule: () => void;
  readonly test: () => void;
}

const alertCommand = (
  id: AlertCommand,
  run: (alerts: AlertActions) => void,
  keys: readonly string[] = [],
): Command => ({
  ...{ id, group: 'Alerts', label: () => alertCommandLabels[id], keys, otherKeys: [], isOn: null },
  run: ({ alerts }) => run(alerts),
});

/** What can be done about alerts from wherever one is. */
export const alertCommands: readonly Command[] = [
  alertCommand('alert-ack', ({ ack }) => ack(), ['a']),
  alertCommand('alert-snooze', ({ snooze }) => snooze(), ['s']),
  alertCommand('alert-new', ({ newRule }) => newRule()),
  alertCommand('snooze-15-minutes', ({ snoozeAll }) => snoozeAll('15-minutes')),
  alertCommand('snooze-hour', ({ snoozeAll }) => snoozeAll('hour')),
  alertCommand('snooze-tomorrow', ({ snoozeAll }) => snoozeAll('tomorrow')),
  alertCommand('snooze-end', ({ snoozeAll }) => snoozeAll(null)),
  alertCommand('alert-test', ({ test }) => test()),
];
