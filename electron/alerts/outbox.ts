import type { Notice } from './stored-alerts.ts';

/** What is to be shown next, and in which form. */
export interface NextToast {
  readonly form: 'toast' | 'digest' | 'summary';
  readonly notices: readonly Notice[];
}

/** What the choice depends on. */
export interface OutboxView {
  /** Milliseconds of this machine's clock; those of the toasts that were shown lately. */
  readonly nowMs: number;
  readonly shownAtMs: readonly number[];
  /** Quiet hours hold it back. */
  isHeld(notice: Notice): boolean;
  /** It was held back by quiet hours that are over. */
  wasHeld(notice: Notice): boolean;
}

const toastsAMinute = 3;
const minuteMs = 60 * 1000;

/**
 * The toast to show now, null when none is. What gathered in an absence or in quiet hours goes as one
 * digest; beyond three toasts a minute the rest waits and goes as one summary.
 */
export function nextToast(outbox: readonly Notice[], view: OutboxView): NextToast | null {
  const waiting = outbox.filter((notice) => notice.by === 'toast' && !view.isHeld(notice));
  const gathered = waiting.filter((notice) => notice.isOfGap || view.wasHeld(notice));
  const [first] = waiting;
  if (first === undefined) return null;
  const shown = view.shownAtMs.filter((at) => Math.abs(view.nowMs - at) < minuteMs);
  if (shown.length >= toastsAMinute) return null;
  if (episodesIn(gathered) > 1) return { form: 'digest', notices: gathered };
  // The last toast of the minute speaks for all that wait.
  if (shown.length === toastsAMinute - 1 && episodesIn(waiting) > 1) {
    return { form: 'summary', notices: waiting };
  }
  return { form: 'toast', notices: [first] };
}

const episodesIn = (notices: readonly Notice[]): number =>
  new Set(notices.map(({ episodeId }) => episodeId)).size;
