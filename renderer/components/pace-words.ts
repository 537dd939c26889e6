import { elapsedSince } from '../client/judge-view.ts';
import type { MonitorView } from '../client/monitor-store.ts';
import { shareText } from './cost-words.ts';
import { ageText } from './words.ts';

/** From here on the interval in effect counts as slower than wished. */
const toleratedStretch = 1.5;

/** When a refresh that somebody asked for comes, else how often one comes if less than wished. */
export function paceText({ latest }: MonitorView, nowMs: number): string {
  if (latest === null) return '';
  const { status, loaded, askedInMs, intervalMs, wishedIntervalMs } = latest.state;
  if (status.kind === 'paused') return '';
  if (loaded !== null) return `reading history ${shareText(loaded)}`;
  if (askedInMs !== null) {
    const waitMs = Math.max(0, askedInMs - elapsedSince(latest, nowMs));
    return waitMs === 0 ? 'refreshing' : `refresh in ${ageText(waitMs)}`;
  }
  // While it fails, the banner tells when the next try comes.
  if (status.kind === 'failing' || intervalMs <= toleratedStretch * wishedIntervalMs) return '';
  return `every ${ageText(intervalMs)}`;
}

/** Why the pace is what it is, on hover. */
export function paceMeaning({ latest }: MonitorView): string | undefined {
  if (latest === null) return undefined;
  const { intervalMs, wishedIntervalMs } = latest.state;
  if (intervalMs <= toleratedStretch * wishedIntervalMs) return undefined;
  return `Slower than wished (${ageText(wishedIntervalMs)}), so that at most 2 % of the time is spent inside queries of the database.`;
}
