import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Severity } from '../../shared/alerts/rule.ts';
import { formatCount } from '../../shared/format.ts';

/** The alerts of now, as far as an icon has room for them. */
export interface TrayAlerts {
  /** Null when all is well. */
  readonly worst: Severity | null;
  /** How many are as bad as the worst. */
  readonly count: number;
}

const none: TrayAlerts = { worst: null, count: 0 };

/** Follows the present alone: what has ended leaves no mark, and before the first evaluation there is none. */
export function trayAlerts({ isReady, current }: AlertsState): TrayAlerts {
  const worst = current[0]?.episode.severity;
  if (!isReady || worst === undefined) return none;
  return { worst, count: current.filter(({ episode }) => episode.severity === worst).length };
}

/** `1 critical alert`, `2 warnings`; null when there is nothing to say. */
export function alertsText({ worst, count }: TrayAlerts): string | null {
  if (worst === null) return null;
  const [one, many] = words[worst];
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  critical: ['critical alert', 'critical alerts'],
  warning: ['warning', 'warnings'],
  info: ['notice', 'notices'],
};
