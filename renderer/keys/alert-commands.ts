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

/** Names of the commands on alerts. */
export type AlertCommand =
  | 'alert-ack'
  | 'alert-snooze'
  | 'alert-new'
  | `snooze-${SnoozeSpan}`
  | 'snooze-end'
  | 'alert-test';

const alertCommand = (
  id: AlertCommand,
  label: string,
  run: (alerts: AlertActions) => void,
  keys: readonly string[] = [],
): Command => ({
  ...{ id, group: 'Alerts', label: () => label, keys, otherKeys: [], isOn: null },
  run: ({ alerts }) => run(alerts),
});

/** What can be done about alerts from wherever one is. */
export const alertCommands: readonly Command[] = [
  alertCommand('alert-ack', 'Acknowledge the alert', ({ ack }) => ack(), ['a']),
  alertCommand('alert-snooze', 'Snooze the alert 15 m', ({ snooze }) => snooze(), ['s']),
  alertCommand('alert-new', 'New alert rule', ({ newRule }) => newRule()),
  alertCommand('snooze-15-minutes', 'Snooze alerts 15 m', (all) => all.snoozeAll('15-minutes')),
  alertCommand('snooze-hour', 'Snooze alerts 1 h', (all) => all.snoozeAll('hour')),
  alertCommand('snooze-tomorrow', 'Snooze alerts until tomorrow', (all) =>
    all.snoozeAll('tomorrow'),
  ),
  alertCommand('snooze-end', 'End the snooze of alerts', (all) => all.snoozeAll(null)),
  alertCommand('alert-test', 'Test notification', ({ test }) => test()),
];
