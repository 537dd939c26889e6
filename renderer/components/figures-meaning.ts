import { formatTime } from '../../shared/format.ts';
import { asOfView } from '../client/judge-view.ts';
import type { MonitorView } from '../client/monitor-store.ts';

/** Time of day of the figures on screen, `14:03:22`; null without any. */
export function figuresTime(view: MonitorView): string | null {
  const asOf = asOfView(view);
  if (asOf === null || view.figures === null) return null;
  return formatTime(asOf, view.figures.snapshot.day.zone);
}

/** What a banner says of the figures on screen. */
export function figuresMeaning(view: MonitorView): string {
  const time = figuresTime(view);
  if (time !== null) return `Figures are from ${time}.`;
  return isUnusableAddress(view) ? '' : 'No figures have been read yet.';
}

/** An address that cannot be used was never asked for figures. */
function isUnusableAddress({ latest }: MonitorView): boolean {
  if (latest?.state.status.kind !== 'failing') return false;
  const { code, retry } = latest.state.status.failure;
  return code === 'other' && retry === 'needs-you';
}
