import { formatText } from '../format.ts';
import type { Episode, NoticeKind } from './episode.ts';
import { clockText, endWords, episodeTitle, subjectOf, type Telling } from './episode-words.ts';
import { aboutText, orderText } from './order-words.ts';
import { kindOf } from './rule.ts';
import { valueText } from './value-text.ts';

export { clockText, endWords, episodeTitle, type Telling } from './episode-words.ts';
export { aboutText, orderText } from './order-words.ts';
export { earliestText, ruleSentence } from './rule-words.ts';
export { thresholdText, valueText } from './value-text.ts';

/** The text of a notification. */
export interface ToastText {
  readonly title: string;
  readonly body: string;
}

/** What is told, and of what. */
export interface ToldNotice extends Telling {
  readonly what: NoticeKind;
  readonly episode: Episode;
  /** It may have been shown before: its delivery was not confirmed. */
  readonly isRepeat: boolean;
  /** The figures are a demonstration's. */
  readonly isDemo: boolean;
}

const longestPlan = 200;
const mostLines = 6;

/** The notification of one episode: what happened in the title, when and what to do in the body. */
export function noticeToast(notice: ToldNotice): ToastText {
  const { episode, isRepeat } = notice;
  const title = isRepeat ? `${titleOf(notice)} (repeat)` : titleOf(notice);
  const own = ownName(episode);
  const body = [...own, ...ordersOf(notice), bodyOf(notice), ...planOf(notice)].filter(
    (line) => line !== '',
  );
  return marked({ title, body: body.join('\n') }, notice);
}

/** What gathered in an absence or in quiet hours, oldest first: one line for each, with its times. */
export function digestToast(
  episodes: readonly Episode[],
  telling: Telling & { readonly isDemo: boolean; readonly because?: 'away' | 'quiet' },
): ToastText {
  const during = telling.because === 'quiet' ? 'During quiet hours' : 'While you were away';
  return marked(
    { title: `${during}: ${alerts(episodes.length)}`, body: lines(episodes, telling) },
    telling,
  );
}

/** What came faster than it may be told: one line for each. */
export function summaryToast(
  episodes: readonly Episode[],
  telling: Telling & { readonly isDemo: boolean },
): ToastText {
  return marked(
    { title: `${alerts(episodes.length)} at once`, body: lines(episodes, telling) },
    telling,
  );
}

const alerts = (count: number): string => `${count} ${count === 1 ? 'alert' : 'alerts'}`;

const marked = (
  { title, body }: ToastText,
  { isDemo }: { readonly isDemo: boolean },
): ToastText => ({
  title: isDemo ? `DEMO · ${title}` : title,
  // A desktop may take a body for markup: a name in the ledger must not become a link.
  body: body.replaceAll('<', '\u2039').replaceAll('>', '\u203a'),
});

function titleOf(notice: ToldNotice): string {
  const { what, episode } = notice;
  const title = episodeTitle(episode, notice);
  switch (what) {
    case 'fired':
      return title;
    case 'ended':
      return endedTitle(episode, notice);
    case 'repeat':
      return `Still: ${title}`;
    case 'flapping':
      return `Comes and goes: ${title}`;
  }
}

function endedTitle(episode: Episode, telling: Telling): string {
  const { kind, end, endReason } = episode;
  const subject = subjectOf(episode);
  const value = end?.value == null ? '' : valueText(kind, end.value, telling.hidesAmounts);
  const told = value === '' ? subject : `${subject} ${value}`;
  if (endReason !== 'rollover') {
    return `Ended: ${endReason === 'recovered' ? told : subject}, ${endWords(episode, telling)}`;
  }
  // "Day closed at" is said of the day's own result alone.
  const isResult = kindOf({ kind }).name === 'Day P&L' && episode.scope === null && value !== '';
  return isResult ? `Day closed at ${value}` : `Day closed: ${told}`;
}

function bodyOf(notice: ToldNotice): string {
  const { what, episode } = notice;
  const since = clockText(episode.start.at, notice);
  switch (what) {
    case 'fired':
      return [firedWhen(episode, since), overWords(notice)]
        .filter((part) => part !== '')
        .join(', ');
    case 'ended':
      return [`began at ${since}`, worstOf(notice)].filter((part) => part !== '').join(', ');
    case 'repeat':
      return [`since ${since}`, worstOf(notice)].filter((part) => part !== '').join(', ');
    case 'flapping':
      return 'It began and ended several times within 15 minutes. More of that stands in the inbox alone.';
  }
}

function firedWhen({ isLate, what }: Episode, since: string): string {
  if (isLate) return `closed at ${since}, told now`;
  return what === 'no-data' ? `no data since ${since}` : `at ${since}`;
}

/** What is over before it could be told is told with its end. */
const overWords = ({ episode, ...telling }: ToldNotice): string =>
  episode.end === null ? '' : endWords(episode, telling);

function worstOf({ episode: { kind, worst }, ...telling }: ToldNotice): string {
  if (worst.value === null) return '';
  const value = valueText(kind, worst.value, telling.hidesAmounts);
  return value === '' ? '' : `worst ${value} at ${clockText(worst.at, telling)}`;
}

/** A name that a person gave the rule; the kind's own stands in the title. */
const ownName = ({ name, kind }: Episode): string[] =>
  name === kindOf({ kind }).name ? [] : [formatText(name, 80)];

const ordersOf = ({ what, episode, ...telling }: ToldNotice): string[] =>
  what === 'fired' ? episode.orders.map((order) => orderText(order, telling)) : [];

const planOf = ({ what, episode }: ToldNotice): string[] =>
  what === 'ended' || episode.plan === '' ? [] : [`Plan: ${formatText(episode.plan, longestPlan)}`];

function lines(episodes: readonly Episode[], telling: Telling): string {
  const shown = episodes.slice(0, mostLines).map((episode) => lineOf(episode, telling));
  const more = episodes.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`and ${more} more in the inbox`])].join('\n');
}

function lineOf(episode: Episode, telling: Telling): string {
  const ending = endWords(episode, { ...telling, now: episode.start.at });
  const title = episodeTitle(episode, telling);
  return [`${clockText(episode.start.at, telling)} ${title}`, aboutText(episode, telling), ending]
    .filter((part) => part !== '')
    .join(' · ');
}
