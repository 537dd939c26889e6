import { formatAge } from '../../shared/format.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in the largest unit that leaves a whole number before the point. */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** A share of the time or of the ledger; what is not quite all never reads as all. */
export function shareText(share: number): string {
  const percent = 100 * share;
  if (percent > 99 && percent < 100) return '99 %';
  return `${percent.toFixed(percent >= 10 || Number.isInteger(percent) ? 0 : 2)} %`;
}

/** Milliseconds as a person compares them; null before the first. */
export function latencyText(ms: number | null): string | null {
  if (ms === null) return null;
  if (ms >= 10_000) return formatAge(ms);
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
