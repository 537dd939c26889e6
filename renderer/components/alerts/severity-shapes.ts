import type { Severity } from '../../../shared/alerts/rule.ts';

/** A shape for each severity, in a box of ten: the hue alone says nothing. */
export const severityShapes: Readonly<Record<Severity, string>> = {
  critical: 'M5 0L10 5L5 10L0 5Z',
  warning: 'M5 0.6L10 9.4H0Z',
  info: 'M5 1A4 4 0 1 1 4.99 1Z',
};
