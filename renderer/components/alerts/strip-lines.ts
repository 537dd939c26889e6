import type { CurrentAlert } from '../../../shared/alerts/alerts-state.ts';

/** One line of the strip: an alert that lasts, or all current events of one rule. */
export interface StripLine {
  /** The latest. */
  readonly alert: CurrentAlert;
  /** Latest first; more than one of events alone. */
  readonly all: readonly CurrentAlert[];
}

/** Alerts of now as lines, in their order: events of one rule share the line of the latest. */
export function stripLines(current: readonly CurrentAlert[]): StripLine[] {
  const lines = new Map<string, CurrentAlert[]>();
  for (const alert of current) {
    const { id, ruleId } = alert.episode;
    const key = alert.state === 'event' ? `events of ${ruleId}` : `episode ${id}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [alert]);
    else line.push(alert);
  }
  return [...lines.values()].flatMap((all) =>
    all[0] === undefined ? [] : [{ alert: all[0], all }],
  );
}

/** One of each scope: a snooze is of a rule and a scope. */
export const oneOfEachScope = (all: readonly CurrentAlert[]): CurrentAlert[] => [
  ...new Map(all.map((alert) => [alert.episode.scope, alert])).values(),
];
