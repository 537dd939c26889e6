import type { CurrentAlert } from '../../../shared/alerts/alerts-state.ts';
import type { Delivery, Episode, NoticeKind } from '../../../shared/alerts/episode.ts';
import type { Severity } from '../../../shared/alerts/rule.ts';
import { clockText, episodeTitle, type Telling, valueText } from '../../../shared/alerts/words.ts';

/** The word beside a severity's glyph. */
export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
};

const hows: Readonly<Record<Delivery['how'], string>> = {
  toast: 'told by a notification',
  digest: 'told in a digest',
  summary: 'told in a summary',
  webhook: 'sent to the webhook',
  snoozed: 'not told: snoozed',
  acked: 'not told: acknowledged already',
  quiet: 'not told yet: quiet hours',
  cooldown: 'not told: one of the same rule was told shortly before',
  'rate-limited': 'not told by itself: too many at once',
  inhibited: 'not told: a critical alert says it already',
  flapping: 'not told: it comes and goes',
  'permission-denied': 'not told: the desktop took no notification',
};

const whats: Readonly<Record<NoticeKind, string>> = {
  fired: 'Start',
  ended: 'End',
  repeat: 'Reminder',
  flapping: 'Coming and going',
};

/** How one of its notices was delivered, or why not: `Start: told by a notification at 03:12`. */
export const deliveryWords = ({ what, at, how }: Delivery, telling: Telling): string =>
  `${whats[what]} ${hows[how]}, ${clockText(at, telling)}`;

/** How its start was told, in a few words for a row. */
export function toldWords({ deliveries }: Pick<Episode, 'deliveries'>): string {
  const starts = deliveries.filter(({ what }) => what === 'fired');
  const told = starts.find(({ how }) => how.match(/^(toast|digest|summary|webhook)$/));
  const latest = told ?? starts.at(-1);
  return latest === undefined ? 'not told' : hows[latest.how];
}

/** What happened, at its furthest: the same wherever an alert stands, also while it recovers. */
export const shownTitle = (episode: Episode, telling: Telling): string =>
  episodeTitle(episode, telling, episode.worst.value ?? episode.start.value);

/** How a current alert stands: `since 03:12 · now −$55.00 · comes and goes`. */
export function standingWords(alert: CurrentAlert, telling: Telling): string {
  const { episode, state, degraded, isFlapping, snoozedUntil } = alert;
  const at = clockText(episode.start.at, telling);
  return [
    state === 'event' ? at : `since ${at}`,
    nowWords(alert, telling),
    state === 'event' ? 'not acknowledged' : '',
    state === 'recovering' ? 'recovering' : '',
    isFlapping ? 'comes and goes' : '',
    degraded === null ? '' : `not known now: ${degraded}`,
    snoozeWords(snoozedUntil, telling),
    episode.acked === null ? '' : 'acknowledged',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The value of now where it is another than the one in the title. */
function nowWords({ episode, state, value }: CurrentAlert, { hidesAmounts }: Telling): string {
  if (state === 'event' || value === null || value === episode.worst.value) return '';
  const text = valueText(episode.kind, value, hidesAmounts);
  return text === '' ? '' : `now ${text}`;
}

function snoozeWords(until: CurrentAlert['snoozedUntil'], telling: Telling): string {
  if (until === null) return '';
  return until === 'recovered'
    ? 'snoozed until it recovers'
    : `snoozed until ${clockText(until, telling)}`;
}
