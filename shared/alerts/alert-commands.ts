/** What can be done about alerts from wherever one is: in the menu, the palette and by keys. */
export const alertCommandLabels = {
  'alert-ack': 'Acknowledge the alert',
  'alert-snooze': 'Snooze the alert 15 m',
  'alert-new': 'New alert rule',
  'snooze-15-minutes': 'Snooze alerts 15 m',
  'snooze-hour': 'Snooze alerts 1 h',
  'snooze-tomorrow': 'Snooze alerts until tomorrow',
  'snooze-end': 'End the snooze of alerts',
  'alert-test': 'Test notification',
} as const;

export type AlertCommand = keyof typeof alertCommandLabels;

/** Their names, in the order in which they are offered. */
export const alertCommandIds = [
  'alert-ack',
  'alert-snooze',
  'alert-new',
  'snooze-15-minutes',
  'snooze-hour',
  'snooze-tomorrow',
  'snooze-end',
  'alert-test',
] as const satisfies readonly AlertCommand[];
