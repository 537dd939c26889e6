import { formatText, formatTime } from '../format.ts';
import { instantMs } from '../instant.ts';
import type { EndReason, Episode } from './episode.ts';
import { kindOf } from './rule.ts';
import { thresholdText, valueText } from './value-text.ts';

/** How an alert is put into words. */
export interface Telling {
  /** Of the trading day. */
  readonly zone: string;
  /** An instant of today: what is of another day is told with its date. */
  readonly now?: string | undefined;
  /** Privacy: no amount of money is told. */
  readonly hidesAmounts?: boolean | undefined;
}

/**
 * States metric, value and threshold: `Day P&L of btc-arb −$62.10, line −$50.00`. The value is that of
 * the start unless another is given; null where it is not known.
 */
export function episodeTitle(
  episode: Pick<Episode, 'kind' | 'scope' | 'threshold' | 'start' | 'what'>,
  { hidesAmounts = false }: Pick<Telling, 'hidesAmounts'> = {},
  value: string | null = episode.start.value,
): string {
  const { kind, what } = episode;
  const subject = subjectOf(episode);
  if (what === 'no-data') return `${subject}: no data`;
  if (kind === 'unreachable') return subject;
  if (value === null) return `${subject}${lineOf(episode, hidesAmounts)}`;
  const text = valueText(kind, value, hidesAmounts);
  if (kind === 'equity-high') return `${subject}, ${text} above the last`;
  // Of events that are counted one alone needs no number.
  if (episode.threshold === null) return value === '1' ? subject : `${subject}: ${text}`;
  const joined = kind === 'no-new-rows' || kind === 'stale' ? `${subject} for` : subject;
  return `${joined} ${text}${lineOf(episode, hidesAmounts)}`;
}

/** `Day P&L of btc-arb`. */
export const subjectOf = ({ kind, scope }: Pick<Episode, 'kind' | 'scope'>): string =>
  `${kindOf({ kind }).name}${scope === null ? '' : ` of ${formatText(scope, 60)}`}`;

const lineOf = (episode: Pick<Episode, 'kind' | 'threshold'>, hidesAmounts: boolean): string =>
  episode.threshold === null ? '' : `, line ${thresholdText(episode, hidesAmounts)}`;

/** How an episode ended, or that it lasts: `recovered at 03:20`, `the day closed at −$62.00`. */
export function endWords(
  { kind, end, endReason }: Pick<Episode, 'kind' | 'end' | 'endReason'>,
  telling: Telling,
): string {
  if (end === null || endReason === null) return 'lasts';
  const value = end.value === null ? '' : valueText(kind, end.value, telling.hidesAmounts);
  // A trading day that is over has recovered from nothing.
  if (endReason === 'rollover') return `the day closed${value === '' ? '' : ` at ${value}`}`;
  if (endReason === 'event') return '';
  return `${verbs[endReason]} at ${clockText(end.at, telling)}`;
}

const verbs: Readonly<Record<Exclude<EndReason, 'rollover' | 'event'>, string>> = {
  recovered: 'recovered',
  'data-back': 'the data came back',
  disabled: 'the rule was switched off',
  deleted: 'the rule was deleted',
  changed: 'the rule was changed',
};

/** `03:12`, of another day than now `23 Nov 03:12`. */
export function clockText(instant: string, { zone, now }: Telling): string {
  const clock = formatTime(instant, zone).slice(0, 5);
  const date = dateText(instant, zone);
  return now === undefined || date === '' || date === dateText(now, zone)
    ? clock
    : `${date} ${clock}`;
}

function dateText(instant: string, zone: string): string {
  const ms = instantMs(instant);
  if (ms === null) return '';
  const options = { timeZone: zone, day: 'numeric', month: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(ms);
}
